"""Pydantic checks a value at run time and reports every field that is wrong."""

from typing import Annotated, Any

from pydantic import BaseModel, EmailStr, Field, ValidationError


# --8<-- [start:model]
class Booking(BaseModel):
    name: Annotated[str, Field(min_length=3, max_length=40)]  # (1)!
    email: EmailStr
    guests: Annotated[int, Field(ge=1, le=6)]
    wishes: str | None = None  # (2)!


body: dict[str, Any] = {"name": "Al", "email": "al.uk", "guests": 9}
try:
    Booking.model_validate(body)
except ValidationError as error:
    first, second, third = error.errors()
    print(first["loc"], first["msg"])  # (3)!
    #> ('name',) String should have at least 3 characters
    print(second["loc"], second["ctx"]["reason"])  # (4)!
    #> ('email',) An email address must have an @-sign.
    print(third["loc"], third["msg"])
    #> ('guests',) Input should be less than or equal to 6

body = {"name": "Alan", "email": "al@example.com", "guests": 2}
print(Booking.model_validate(body))
#> name='Alan' email='al@example.com' guests=2 wishes=None
# --8<-- [end:model]

# --8<-- [start:text]
try:
    Booking(name="Al", email="al.uk", guests=9)
except ValidationError as error:
    lines = str(error).splitlines()
    print(len(lines))
    #> 9
    print(lines[0])
    #> 3 validation errors for Booking
    print(lines[1])
    #> name
    message, details = lines[2].split(" [")
    print(message)
    #>   String should have at least 3 characters
    print(details)  # (1)!
    #> type=string_too_short, input_value='Al', input_type=str]
    print(lines[4])
    #> email
    print(lines[5].split(":")[0])
    #>   value is not a valid email address
# --8<-- [end:text]

# --8<-- [start:dump]
booking = Booking(name="Alan", email="al@example.com", guests=2)
print(booking.model_dump())
#> {'name': 'Alan', 'email': 'al@example.com', 'guests': 2, 'wishes': None}
print(booking.model_dump_json(exclude_none=True))
#> {"name":"Alan","email":"al@example.com","guests":2}
# --8<-- [end:dump]
