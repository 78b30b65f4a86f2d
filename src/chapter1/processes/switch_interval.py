"""How long a thread may keep the GIL before another one may ask for it."""

import sys

# --8<-- [start:interval]
print(sys.getswitchinterval())
#> 0.005
gil_enabled = getattr(sys, "_is_gil_enabled", lambda: True)  # (1)!
print(gil_enabled())
#> True
# --8<-- [end:interval]
