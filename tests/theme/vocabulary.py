"""The terms of schema.org (28) that our pages use: what a type is a kind of, and what has a property."""

KINDS = {
    "NewsArticle": "Article", "OpinionNewsArticle": "NewsArticle", "Article": "CreativeWork",
    "LiveBlogPosting": "BlogPosting", "BlogPosting": "SocialMediaPosting", "SocialMediaPosting": "Article",
    "CorrectionComment": "Comment", "Comment": "CreativeWork", "ImageObject": "MediaObject",
    "MediaObject": "CreativeWork", "ProfilePage": "WebPage", "WebPage": "CreativeWork",
    "WebSite": "CreativeWork", "CreativeWork": "Thing", "NewsMediaOrganization": "Organization",
    "Organization": "Thing", "Person": "Thing",
    "BreadcrumbList": "ItemList", "ItemList": "Intangible", "ListItem": "Intangible",
    "ContactPoint": "Intangible", "Intangible": "Thing",
}  # fmt: skip

PROPERTIES = {
    "Thing": "description image mainEntityOfPage name sameAs url",
    "CreativeWork": """alternativeHeadline author correction creativeWorkStatus creator creditText
        dateModified datePublished headline inLanguage isAccessibleForFree isPartOf keywords license
        mainEntity publisher text timeRequired translationOfWork workTranslation""",
    "Article": "articleBody articleSection",
    "LiveBlogPosting": "coverageEndTime coverageStartTime liveBlogUpdate",
    "NewsArticle": "dateline",
    "MediaObject": "height width",
    "Organization": """contactPoint correctionsPolicy email ethicsPolicy foundingDate logo
        ownershipFundingInfo publishingPrinciples slogan""",
    "NewsMediaOrganization": "masthead",
    "Person": "jobTitle worksFor",
    "ItemList": "itemListElement",
    "ListItem": "item position",
    "ContactPoint": "contactType email url",
}


def properties_of(kind: str) -> set[str]:
    """Return the properties that a type has of itself and of what it is a kind of. Raises KeyError."""
    own = set(PROPERTIES.get(kind, "").split())
    return own if kind == "Thing" else own | properties_of(KINDS[kind])


def problems(value: object) -> list[str]:
    """Return what in JSON-LD is no term of the vocabulary, or stands where it does not belong."""
    if isinstance(value, list):
        return [problem for one in value for problem in problems(one)]
    if not isinstance(value, dict):
        return []
    if set(value) == {"@id"}:
        return []
    kind = value.get("@type")
    if kind not in KINDS:
        return [f"{kind!r} is no type"]
    wrong = [name for name in value if not name.startswith("@") and name not in properties_of(kind)]
    inner = [problem for name, one in value.items() if not name.startswith("@") for problem in problems(one)]
    return [f"{kind} has no {name}" for name in wrong] + inner
