"""EmailStr refuses addresses at names that are reserved for special uses."""

from pydantic import EmailStr, TypeAdapter, ValidationError

# --8<-- [start:reserved]
email = TypeAdapter(EmailStr)  # (1)!


def accepted(address: str) -> bool:
    try:
        email.validate_python(address)
    except ValidationError:
        return False
    return True


print(accepted("ada@example.com"), accepted("ada@example.test"))
#> True False
print(accepted("ada@printer.local"), accepted("ada@localhost"))
#> False False
# --8<-- [end:reserved]
