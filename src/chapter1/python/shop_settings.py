"""pydantic-settings reads and checks the environment when the program starts."""

import os

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


# --8<-- [start:settings]
class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="SHOP_")

    pool_size: int = 5
    debug: bool = False


os.environ.update(SHOP_POOL_SIZE="20", SHOP_DEBUG="false")
print(Settings())
#> pool_size=20 debug=False
print(bool(os.environ["SHOP_DEBUG"]))  # (1)!
#> True
os.environ["SHOP_POOL_SIZE"] = "many"
try:
    Settings()
except ValidationError as error:
    print(error.errors()[0]["loc"], error.errors()[0]["type"])
    #> ('pool_size',) int_parsing
# --8<-- [end:settings]
