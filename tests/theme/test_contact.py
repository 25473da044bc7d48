"""The form for tips and contact: the same in every language, ready for the edge to fill, simple to use."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag

from standfirst.bake.registry import reader_forms
from standfirst.edge import forms
from standfirst.edge.intake import filled_in
from standfirst.editions.documents import PlainPage
from standfirst.theme.pages import contact
from tests.theme.samples import PUBLISHED, SITE, site_documents
from tests.theme.source import MemorySource, render

FORM = reader_forms.get("contact")
PREFIXES = {"en": "/", "uk": "/uk/", "ar": "/ar/"}


def drawn(name: str, language: str = "en") -> str:
    site = SITE.model_copy(update={"languages": tuple(PREFIXES)})
    documents = [one for one in site_documents() if one.record != SITE.record]
    path = {"form": contact.FORM, "again": contact.AGAIN, "sent": contact.SENT}[name]
    source = MemorySource([*documents, site])
    owner, address = f"front:{language}", PREFIXES[language] + path
    return render(source, f"contact-{name}", owner, address, language=language)[0].body.decode()


def page(name: str, language: str = "en") -> BeautifulSoup:
    return BeautifulSoup(drawn(name, language), "html.parser")


@pytest.mark.parametrize("language", PREFIXES)
def test_every_field_has_its_limits_and_a_label(language: str) -> None:
    found = page("form", language)
    form = found.select_one("form")
    assert isinstance(form, Tag)
    assert (form["method"], form["action"]) == ("post", f"/-/send/contact/{language}")
    for field in FORM.fields:
        inputs = form.select(f'[name="{field.name}"]')
        assert inputs, field.name
        assert all(one.has_attr("required") == field.required for one in inputs)
        if field.choices:
            assert [one["value"] for one in inputs] == list(field.choices)
            assert all(one.find_parent("label") for one in inputs)
        else:
            assert inputs[0]["maxlength"] == str(field.most)
            assert form.select(f'label[for="{inputs[0]["id"]}"]')
    assert not found.select("main script, main style, [style]")


@pytest.mark.parametrize("language", PREFIXES)
def test_errors_are_absent_until_they_happen(language: str) -> None:
    assert not page("form", language).select("[data-error], [role=alert], [aria-invalid]")
    assert all(one.has_attr("hidden") for one in page("again", language).select("[data-error]"))


@pytest.mark.parametrize("language", PREFIXES)
def test_the_edge_finds_a_place_for_every_value_and_every_problem(language: str) -> None:
    again = drawn("again", language)
    for field in FORM.fields:
        value = field.choices[0] if field.choices else "typed <here>"
        kinds = ["missing"] * field.required + (["wrong"] if field.choices else ["long"])
        for kind in kinds:
            text = filled_in(again, {field.name: value}, [f"{field.name}.{kind}"])
            filled = BeautifulSoup(text, "html.parser")
            shown = filled.select("[data-error]:not([hidden])")
            assert len(shown) == 1, (field.name, kind)
            assert shown[0].get_text(strip=True)
            where = filled.select_one(f'[name="{field.name}"]')
            assert where is not None
            if field.choices:
                assert where.has_attr("checked")
            else:
                assert value in (where.get("value"), where.get_text().strip())
                assert where["aria-invalid"] == "true"
                holder = shown[0].find_parent("div")
                assert holder is not None
                assert str(holder["id"]) in str(where["aria-describedby"])
    for problem in ("full", "often", "large"):
        assert f'data-error="{problem}">' in filled_in(again, {}, [problem])


@pytest.mark.parametrize("language", PREFIXES)
def test_the_cursor_stands_in_the_first_field_that_is_wrong(language: str) -> None:
    def focused(*said: str) -> list[str]:
        again = BeautifulSoup(filled_in(drawn("again", language), {}, list(said)), "html.parser")
        return [f"{one['name']}={one.get('value', '')}" for one in again.select("[autofocus]")]

    assert focused("subject.missing", "message.missing") == ["subject=tip"]
    assert focused("message.long", "answer_to.long") == ["message="]
    assert focused("answer_to.long", "name.long") == ["name="], "in the order of the page"
    assert focused("often") == [], "nothing the reader wrote is wrong"


def test_the_trap_is_out_of_everybodys_way() -> None:
    trap = page("form").select_one(f'[name="{FORM.trap}"]')
    assert trap is not None
    assert (trap["tabindex"], trap["autocomplete"]) == ("-1", "off")
    assert trap.find_parent(attrs={"aria-hidden": "true"})


def test_only_the_form_itself_is_for_search_engines() -> None:
    noindex = {name: bool(page(name).select("meta[name=robots]")) for name in ("form", "again", "sent")}
    assert noindex == {"form": False, "again": True, "sent": True}


def test_the_word_of_thanks_has_no_form() -> None:
    assert not page("sent", "uk").select("form")
    assert page("sent").h1


def test_every_page_leads_to_the_form() -> None:
    assert page("sent", "ar").select('.foot a[href="/ar/contact/form/"]')


def test_the_newsrooms_own_page_about_reaching_it_leads_there_as_well() -> None:
    own = PlainPage(
        id="reach", language="en", path="/contact/", purpose="contact", title="Contact", changed_at=PUBLISHED
    )
    about = own.model_copy(update={"id": "about", "path": "/about/", "purpose": "about"})
    source = MemorySource([*site_documents(), own, about])
    leading = [
        bool(BeautifulSoup(render(source, "page-page", one.record, one.path)[0].body, "html.parser").select(
            'article a[href="/contact/form/"]'
        ))
        for one in (own, about)
    ]  # fmt: skip
    assert leading == [True, False]


def test_the_list_of_forms_is_what_the_edge_reads() -> None:
    rendered, _ = render(MemorySource(site_documents()), "forms-file", SITE.record, forms.PATH)
    book = forms.decode(rendered.body)
    assert book.origin == SITE.base_url
    assert {name: known.form for name, known in book.forms.items()} == dict(reader_forms.items())
    for language in SITE.languages:
        prefix = SITE.prefix(language)
        pages = book.forms["contact"].pages[language]
        assert (pages.form, pages.again, pages.sent) == (
            prefix + contact.FORM, prefix + contact.AGAIN, prefix + contact.SENT,
        )  # fmt: skip
