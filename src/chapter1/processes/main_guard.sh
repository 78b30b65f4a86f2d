# --8<-- [start:unguarded]
cat > report.py <<'END_OF_FILE'
from multiprocessing import get_context

print("reading the file")
child = get_context("spawn").Process(target=print, args=("report",))
child.start()
END_OF_FILE

python3 report.py > log 2>&1
grep "reading" log
#> reading the file
#> reading the file
grep -o "finished its bootstrapping phase" log
#> finished its bootstrapping phase
# --8<-- [end:unguarded]

# --8<-- [start:guarded]
cat > report.py <<'END_OF_FILE'
from multiprocessing import get_context

print("reading the file")
if __name__ == "__main__":
    child = get_context("spawn").Process(target=print, args=("report",))
    child.start()
END_OF_FILE

python3 report.py > log 2>&1
grep -c "reading" log
#> 2
grep "^report" log
#> report
# --8<-- [end:guarded]
