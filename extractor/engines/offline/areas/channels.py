"""How products reach customers."""

from __future__ import annotations

import re
from typing import Literal, cast

from extractor.engines.offline.draft import Draft
from extractor.schema import Channel

Kind = Literal[
    "direct", "distributor", "reseller", "retailer", "store", "carrier", "online", "branch", "agent", "oem",
    "franchise", "partner", "logistics", "other",
]  # fmt: skip
_KINDS = (
    (r"\b(?:online|internet|web ?sites?|e-?commerce)\b", "online"),
    (r"\bfranchis", "franchise"),
    (r"\bcarriers?\b", "carrier"),
    (r"\b(?:distributors?|wholesalers?)\b", "distributor"),
    (r"\b(?:resellers?|VARs?|dealers?)\b", "reseller"),
    (r"\b(?:agents?|brokers?|sales representative organi[sz]ations|independent (?:sales )?representatives)\b", "agent"),
    (r"\bbranch", "branch"),
    (r"\b(?:distribution centers?|warehouses?|cold storage|shipped|trucks?)\b", "logistics"),
    (r"\b(?:retailers?|department stores)\b", "retailer"),
    (r"\b(?:stores?|outlets?|clubs?|showrooms?|locations?)\b", "store"),
    (r"\b(?:direct(?:ly)?|sales (?:force|staff|team|personnel|organization))\b", "direct"),
    (r"\b(?:OEMs?|original equipment)\b", "oem"),
    (r"\b(?:partners?|alliances?|joint ventures?)\b", "partner"),
)
_REGION = re.compile(
    r"(?<!outside )(?<!outside the )\b(?:United States|U\.S\.|Canada|Mexico|Europe|Asia|Japan|China|Latin America|"
    r"North America|South America|Australia|"
    r"United Kingdom|Germany|France|India|Brazil|Puerto Rico|Middle East|Africa|worldwide|internationally)(?=\W|$)"
)


# Who is named behind such a word may be a partner; a product or a place named before it is none.
_PARTNER = re.compile(
    r"\b(?:through|distributors?|wholesalers?|resellers?|dealers?|carriers?|retailers?|agents?|brokers?|partners?|alliances?|"
    r"joint ventures?|franchisees?|OEMs?)\b|\b(?:sells?|sold)\b.{0,60}?\bto\b"
)


def typed(draft: Draft) -> Channel:
    """A channel: its kind, the partners named and the regions that the text gives it."""
    statement = draft.statement
    regions = list(dict.fromkeys(_REGION.findall(statement.replace("Outside", "outside"))))
    partner = _PARTNER.search(statement)
    behind = statement[partner.start() :] if partner else ""
    partners = [name for name in draft.names() if name not in regions and name in behind]
    kind = cast(Kind, draft.phrase(*_KINDS) or "other")
    return Channel(**draft.base(), kind=kind, partners=partners, regions=regions, share=draft.first_share())
