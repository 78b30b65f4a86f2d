"""By default Pydantic converts what it can and drops what it does not know; strict mode refuses."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError


# --8<-- [start:lax]
class Guest(BaseModel):
    name: Annotated[str, Field(min_length=3)]
    age: int


print(Guest.model_validate({"name": "Ada", "age": "25"}))
#> name='Ada' age=25
print(Guest.model_validate({"name": "Ada", "age": True}))
#> name='Ada' age=1
print(Guest.model_validate({"name": "   ", "age": 25.0, "admin": True}))
#> name='   ' age=25

body = {"name": "Ada", "age": "25", "admin": True}
try:
    Guest.model_validate(body, strict=True, extra="forbid")
except ValidationError as error:
    print([problem["type"] for problem in error.errors()])
    #> ['int_type', 'extra_forbidden']
# --8<-- [end:lax]


# --8<-- [start:strict]
class StrictGuest(Guest):
    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        str_strip_whitespace=True,
    )


try:
    StrictGuest.model_validate({"name": "   ", "age": 25.0})
except ValidationError as error:
    print([problem["type"] for problem in error.errors()])
    #> ['string_too_short', 'int_type']
# --8<-- [end:strict]

# --8<-- [start:rounding]
try:
    Guest.model_validate({"name": "Ada", "age": 25.5})
except ValidationError as error:
    print(error.errors()[0]["msg"])
    #> Input should be a valid integer, got a number with a fractional part
# --8<-- [end:rounding]
