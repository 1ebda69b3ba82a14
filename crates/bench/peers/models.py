"""schema.json as models of msgspec (M...) and pydantic v2 (P...): the same types, lengths and patterns."""
from __future__ import annotations
from typing import Annotated as A, Any, Literal, Optional
import msgspec, pydantic
from msgspec import Meta, Struct, UNSET, UnsetType
DATE = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
DT = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]) ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"
EMAIL = r"^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"
CC = r"^[A-Z]{2}$"

# ---- msgspec ----
mPos = A[int, Meta(ge=1)]; mNat = A[int, Meta(ge=0)]
m255 = A[str, Meta(max_length=255)]; m40 = A[str, Meta(max_length=40)]; m50 = A[str, Meta(max_length=50)]; mName = A[str, Meta(min_length=1, max_length=255)]
U = UnsetType
class MRegion(Struct):
    region_code: m255 | U = UNSET; region: m255 | U = UNSET; region_id: mNat | U = UNSET
class MAddress(Struct):
    country_id: A[str, Meta(pattern=CC)]; street: A[list[m255], Meta(min_length=1)]; telephone: m255; postcode: m255; city: m255; firstname: mName; lastname: mName
    id: mPos | U = UNSET; customer_id: mPos | U = UNSET; region: MRegion | U = UNSET; region_id: mNat | U = UNSET; company: m255 | U = UNSET; fax: m255 | U = UNSET
    middlename: m255 | U = UNSET; prefix: m40 | U = UNSET; suffix: m40 | U = UNSET; vat_id: m255 | U = UNSET; default_shipping: bool | U = UNSET; default_billing: bool | U = UNSET
class MAttr(Struct):
    attribute_code: mName; value: Any
class MExt(Struct):
    is_subscribed: bool | U = UNSET
class MCustomer(Struct):
    email: A[str, Meta(max_length=255, pattern=EMAIL)]; firstname: mName; lastname: mName
    id: mPos | U = UNSET; group_id: mNat | U = UNSET; default_billing: str | U = UNSET; default_shipping: str | U = UNSET; confirmation: str | U = UNSET
    created_at: A[str, Meta(pattern=DT)] | U = UNSET; updated_at: A[str, Meta(pattern=DT)] | U = UNSET; created_in: m255 | U = UNSET; dob: A[str, Meta(pattern=DATE)] | U = UNSET
    middlename: m255 | U = UNSET; prefix: m40 | U = UNSET; suffix: m40 | U = UNSET; gender: Literal[0, 1, 2, 3] | U = UNSET; store_id: mNat | U = UNSET; taxvat: m50 | U = UNSET; website_id: mNat | U = UNSET
    addresses: list[MAddress] | U = UNSET; disable_auto_group_change: Literal[0, 1] | U = UNSET; extension_attributes: MExt | U = UNSET; custom_attributes: list[MAttr] | U = UNSET

# ---- pydantic ----
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
pPos = A[int, Field(ge=1)]; pNat = A[int, Field(ge=0)]
p255 = A[str, Field(max_length=255)]; p40 = A[str, Field(max_length=40)]; p50 = A[str, Field(max_length=50)]; pName = A[str, Field(min_length=1, max_length=255)]
class B(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")
# non-required = may be absent, not null, as in schema.json: default None is never validated
class PRegion(B):
    region_code: p255 = None; region: p255 = None; region_id: pNat = None
class PAddress(B):
    country_id: A[str, Field(pattern=CC)]; street: A[list[p255], Field(min_length=1)]; telephone: p255; postcode: p255; city: p255; firstname: pName; lastname: pName
    id: pPos = None; customer_id: pPos = None; region: PRegion = None; region_id: pNat = None; company: p255 = None; fax: p255 = None
    middlename: p255 = None; prefix: p40 = None; suffix: p40 = None; vat_id: p255 = None; default_shipping: bool = None; default_billing: bool = None
class PAttr(B):
    attribute_code: pName; value: Any
class PExt(B):
    is_subscribed: bool = None
class PCustomer(B):
    email: A[str, Field(max_length=255, pattern=EMAIL)]; firstname: pName; lastname: pName
    id: pPos = None; group_id: pNat = None; default_billing: str = None; default_shipping: str = None; confirmation: str = None
    created_at: A[str, Field(pattern=DT)] = None; updated_at: A[str, Field(pattern=DT)] = None; created_in: p255 = None; dob: A[str, Field(pattern=DATE)] = None
    middlename: p255 = None; prefix: p40 = None; suffix: p40 = None; gender: Literal[0, 1, 2, 3] = None; store_id: pNat = None; taxvat: p50 = None; website_id: pNat = None
    addresses: list[PAddress] = None; disable_auto_group_change: Literal[0, 1] = None; extension_attributes: PExt = None; custom_attributes: list[PAttr] = None
