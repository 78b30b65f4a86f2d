"""Play every scenario and write its recordings: `python -m scenarios`."""

import sys
from pathlib import Path

from local_servers import local_servers
from scenarios import crash, lanes, plans, recording, stream, workers
from scenarios.keeping import keep
from scenarios.scenario import Scenario


def main() -> None:
    """Write the recordings; end with 1 if a story came out differently."""
    root = Path.cwd()
    for one in (lanes, stream, workers, crash):
        print(keep(root, one.PLACE, one.record(), one.facts))
    wanted = set(sys.argv[1:])
    with local_servers() as addresses:
        print(keep(root, plans.PLACE, plans.record(addresses), plans.facts))
        for path in recording.scenarios():
            if wanted and path.stem not in wanted:
                continue
            if wrong := recording.tell(path, addresses):
                sys.exit("\n".join(wrong))
            for variant in Scenario.read(path).variants:
                place = recording.place(root, path, variant)
                place.parent.mkdir(parents=True, exist_ok=True)
                found = recording.record(path, variant, addresses)
                place.write_text(recording.written(found), "utf-8")
                print(f"{place.relative_to(root)}: {len(found['states'])} states")


if __name__ == "__main__":
    main()
