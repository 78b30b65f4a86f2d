"""The more copies of the service there are, the smaller each one's pool."""

from user_service.capacity import connections, largest_pool

# --8<-- [start:table]
print("copies  workers  pool size  while deploying")
#> copies  workers  pool size  while deploying
for copies, workers in (1, 1), (1, 4), (2, 4), (4, 1), (4, 4), (12, 4), (13, 4):
    size = largest_pool(copies, workers)
    busiest = connections(copies, workers, size, deploying=True)
    print(f"{copies:6}  {workers:7}  {size:9}  {busiest:15}")
    #>      1        1         48               96
    #>      1        4         12               96
    #>      2        4          6               96
    #>      4        1         12               96
    #>      4        4          3               96
    #>     12        4          1               96
    #>     13        4          0                0
# --8<-- [end:table]
