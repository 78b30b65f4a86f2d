"""Pydantic checks a value at run time and reports every field that is wrong."""

from typing import Annotated, Any

from pydantic import BaseModel, EmailStr, Field, ValidationError


# --8<-- [start:model]
class SignUp(BaseModel):
    username: Annotated[str, Field(min_length=3, max_length=50)]  # (1)!
    email: EmailStr
    age: Annotated[int, Field(ge=0, le=150)]
    bio: str | None = None  # (2)!


body: dict[str, Any] = {"username": "al", "email": "al.uk", "age": 200}
try:
    SignUp.model_validate(body)
except ValidationError as error:
    first, second, third = error.errors()
    print(first["loc"], first["msg"])  # (3)!
    #> ('username',) String should have at least 3 characters
    print(second["loc"], second["ctx"]["reason"])  # (4)!
    #> ('email',) An email address must have an @-sign.
    print(third["loc"], third["msg"])
    #> ('age',) Input should be less than or equal to 150

body = {"username": "alan", "email": "al@example.com", "age": 41}
print(SignUp.model_validate(body))
#> username='alan' email='al@example.com' age=41 bio=None
# --8<-- [end:model]

# --8<-- [start:text]
try:
    SignUp(username="al", email="al.uk", age=200)
except ValidationError as error:
    lines = str(error).splitlines()
    print(len(lines))
    #> 9
    print(lines[0])
    #> 3 validation errors for SignUp
    print(lines[1])
    #> username
    message, details = lines[2].split(" [")
    print(message)
    #>   String should have at least 3 characters
    print(details)  # (1)!
    #> type=string_too_short, input_value='al', input_type=str]
    print(lines[4])
    #> email
    print(lines[5].split(":")[0])
    #>   value is not a valid email address
# --8<-- [end:text]

# --8<-- [start:dump]
alan = SignUp(username="alan", email="al@example.com", age=41)
print(alan.model_dump())
#> {'username': 'alan', 'email': 'al@example.com', 'age': 41, 'bio': None}
print(alan.model_dump_json(exclude_none=True))
#> {"username":"alan","email":"al@example.com","age":41}
# --8<-- [end:dump]
