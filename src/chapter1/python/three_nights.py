"""A hint is not enforced: text passes through an int parameter and is repeated."""

import json


# --8<-- [start:unchecked]
def total(price: int, nights: int) -> int:
    return price * nights


body = json.loads('{"price": "80", "nights": 3}')  # (1)!
print(total(body["price"], body["nights"]))
#> 808080
print(total.__annotations__["price"])  # (2)!
#> <class 'int'>
# --8<-- [end:unchecked]
