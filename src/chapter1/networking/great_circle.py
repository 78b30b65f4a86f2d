"""The least time a round trip between two cities can take in glass along the shortest way."""

from math import acos, cos, radians, sin

# --8<-- [start:cities]
CITIES = {  # latitude, longitude
    "New York": (40.7, -74.0),
    "Los Angeles": (34.1, -118.2),
    "San Francisco": (37.8, -122.4),
    "Amsterdam": (52.4, 4.9),
    "Frankfurt": (50.1, 8.7),
    "Sydney": (-33.9, 151.2),
}


def round_trip(start: str, end: str) -> str:
    lat1, lon1 = map(radians, CITIES[start])
    lat2, lon2 = map(radians, CITIES[end])
    across = cos(lat1) * cos(lat2) * cos(lon1 - lon2)
    kilometres = acos(sin(lat1) * sin(lat2) + across) * 6371  # (1)!
    return f"{round(kilometres, -2):.0f} km, {2 * kilometres / 200:.0f} ms"


def main() -> None:
    print(round_trip("New York", "Los Angeles"))
    #> 3900 km, 39 ms
    print(round_trip("San Francisco", "Amsterdam"))
    #> 8800 km, 88 ms
    print(round_trip("New York", "Frankfurt"))
    #> 6200 km, 62 ms
    print(round_trip("Frankfurt", "Sydney"))
    #> 16500 km, 165 ms
    # --8<-- [end:cities]


if __name__ == "__main__":
    main()
