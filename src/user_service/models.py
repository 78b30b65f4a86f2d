"""What comes in and what goes out: users, checked by Pydantic before any other code runs."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, EmailStr, Field, StringConstraints, model_validator

MAX_ID = 2**53 - 1
"""The greatest integer that every JSON client reads exactly (RFC 8259, section 6)."""

# Control characters, the ends of lines and paragraphs, and those that turn text around
# (Unicode's bidirectional controls): a name with them is not what it looks like.
CONTROLS = r"\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
INVISIBLE = r"\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2065\u3164\ufeff"
VISIBLE = rf"^[^{CONTROLS}]*[^{CONTROLS}{INVISIBLE}][^{CONTROLS}]*$"

# --8<-- [start:models]
Username = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=3, max_length=50, pattern=VISIBLE),
]
Email = Annotated[EmailStr, Field(max_length=254)]
UserId = Annotated[int, Field(ge=1, le=MAX_ID)]


class NewUser(BaseModel):
    """A user as a client describes one: the body of POST and PUT."""

    username: Username
    email: Email
    # --8<-- [end:models]

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"username": "ada", "email": "ada@example.com"}]}
    )


class User(BaseModel):
    """A user as the service knows one.

    Attributes:
        version: how often the user has been written. A client sees it as the ETag.
    """

    id: UserId
    username: str
    email: str
    version: int = Field(default=1, ge=1, exclude=True)

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"id": 1, "username": "ada", "email": "ada@example.com"}]}
    )


class UserPatch(BaseModel):
    """The fields of a user to change: the body of PATCH (RFC 5789).

    A field that is left out stays as it is; `null` is refused, since a user has both.
    """

    # An empty string stands for "not sent". It never passes as a value that was sent.
    username: Username = Field(default_factory=str)
    email: Email = Field(default_factory=str)

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"email": "new@example.com"}], "minProperties": 1}
    )

    @model_validator(mode="after")
    def _names_a_field(self) -> "UserPatch":
        if not self.model_fields_set:
            raise ValueError("name a field to change: username, email or both")
        return self


class UserPage(BaseModel):
    """One page of the list of users.

    Attributes:
        users: users in the order of their ids.
        next_after: send this as `after` to get the next page; null on the last one.
    """

    users: list[User]
    next_after: int | None
