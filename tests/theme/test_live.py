"""Live coverage for readers: the live page, files of older posts, a post's own page, what is pushed."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup

from standfirst.bake.reading import RecordingReader
from standfirst.editions.documents import (
    Coverage,
    Document,
    Heading,
    ImageBlock,
    Paragraph,
    PictureUse,
    Post,
    RelatedStory,
    Story,
)
from standfirst.theme.parts import post as parts
from tests.theme.samples import PUBLISHED, ferry, media, post, site_documents, story, strike
from tests.theme.source import AS_OF, MemorySource, render, soup_of
from tests.theme.vocabulary import problems

SENTENCE = "The harbour office says it has water for three days and bread for two. "
MOST = 120_000


def posts(count: int, **more: Any) -> list[Post]:
    return [post(number, **more) for number in range(1, count + 1)]


def source(*documents: Document) -> MemorySource:
    return MemorySource([*site_documents(), *documents])


def live_page(*documents: Document, covered: Story | None = None) -> BeautifulSoup:
    return soup_of(source(covered or strike(), *documents), "story-page", "story:strike", "/strike/")


def part(number: int, *documents: Document) -> BeautifulSoup:
    owner = f"list:postpart/strike/{number:04d}"
    return soup_of(source(strike(), *documents), "post-part", owner, f"/_f/live/strike/{number}/")


def ids(page: BeautifulSoup) -> list[str]:
    return [one["id"] for one in page.select("[data-posts] > article.post")]


class TestTheLivePage:
    def test_says_that_it_is_live_and_since_when(self) -> None:
        page = live_page(post())
        assert page.select_one(".live__now").get_text() == "Live"
        assert page.select_one(".live__state time")["datetime"] == "2026-11-23T11:09:00+02:00"
        assert not page.select(".story__head .kind"), "it is said once"

    def test_says_when_it_was_closed(self) -> None:
        end = Coverage(opened_at=PUBLISHED, closed_at=PUBLISHED + timedelta(hours=5))
        page = live_page(post(), covered=strike(live=end))
        assert not page.select(".live__now, .kind--live")
        assert page.select_one(".label .kind").get_text() == "As it happened"
        assert "Closed" in page.select_one(".live__state").get_text()

    def test_pins_what_is_known_above_the_posts_and_keeps_the_storys_text_below(self) -> None:
        page = live_page(post())
        assert page.select_one(".live__summary li").get_text() == "No ship has moved since six."
        text = str(page)
        assert text.index("live__summary") < text.index("data-posts") < text.index("a second boat")

    def test_shows_the_newest_thirty_with_times_that_machines_read_in_order(self) -> None:
        page = live_page(*posts(35))
        assert ids(page) == [f"p-post{number:04d}" for number in range(35, 5, -1)]
        keys = [one["data-key"] for one in page.select("article.post")]
        assert keys == sorted(keys, reverse=True)
        assert page.select_one("[data-posts]")["data-live-story"] == "strike"
        assert page.select_one(".post time")["datetime"] == "2026-11-23T12:19:00+02:00"
        assert page.select_one(".post__when a")["href"] == "/live/post0035/"

    def test_leads_to_the_newest_part_that_is_not_there_in_full(self) -> None:
        def more(*documents: Document) -> str:
            link = live_page(*documents).select_one("a[data-more]")
            return link["href"] if link else ""

        assert more(*posts(30)) == ""
        assert more(*posts(31)) == "/_f/live/strike/1/"
        assert more(*posts(50)) == "/_f/live/strike/1/", "twenty-one to fifty are there"
        assert more(*posts(51)) == "/_f/live/strike/2/"
        some = [one for one in posts(60) if one.number not in range(41, 59)]
        assert more(*some) == "/_f/live/strike/1/", "some were taken back"

    def test_nothing_is_left_out_between_it_and_the_parts(self) -> None:
        for count in (31, 40, 41, 55, 97):
            many = posts(count)
            page = live_page(*many)
            found = ids(page)
            link = page.select_one("a[data-more]")
            while link:
                page = part(int(link["href"].split("/")[-2]), *many)
                found += ids(page)
                link = page.select_one("a[data-more]")
            assert set(found) == {f"p-{one.id}" for one in many}, count

    def test_lists_key_events_and_jumps_to_posts_that_are_elsewhere(self) -> None:
        many = [post(number, key=number % 7 == 1) for number in range(1, 61)]
        page = live_page(*many)
        links = [link["href"] for link in page.select(".live__events a")]
        assert links[0] == "#p-post0057"
        assert "/_f/live/strike/2/#p-post0029" in links
        assert links[-1] == "/_f/live/strike/1/#p-post0001"
        assert len(page.select(".live__events > ol a")) == 6
        assert not page.select(".live__events .post__day"), "all on the day when it opened"
        late = live_page(post(key=True, published_at=PUBLISHED + timedelta(days=1)))
        assert late.select_one(".live__events .post__day").get_text() == "Nov 24, 2026"
        elsewhere = part(2, *many)
        assert elsewhere.select_one("#p-post0029")

    def test_shows_authors_and_blocks_and_says_updated_after_real_edits_only(self) -> None:
        body = (
            Heading(id="h", html="At the gate"), Paragraph(id="p", html="He <em>waits</em>."),
            ImageBlock(id="i", picture=PictureUse(media="crane", alt="A crane")),
            RelatedStory(id="r", story="ferry"),
        )  # fmt: skip
        page = live_page(post(body=body), ferry())
        one = page.select_one("article.post")
        assert one.select_one(".byline__names a")["href"] == "/author/ines-halloran/"
        assert one.h3.get_text() == "At the gate", "below the headline of the post"
        assert one.em.get_text() == "waits"
        assert one.select_one("figure img")["alt"] == "A crane"
        assert one.select_one(".related a")["href"] == "/ferry/"
        assert not page.select(".post__updated")
        soon = live_page(post(updated_at=PUBLISHED + timedelta(minutes=2, seconds=20)))
        assert not soon.select(".post__updated")
        later = live_page(post(updated_at=PUBLISHED + timedelta(hours=1)))
        assert later.select_one(".post__updated").get_text().strip() == "(Updated: 12:09\xa0PM)"

    def test_anchors_of_blocks_are_unique_also_when_posts_were_copied(self) -> None:
        body = (Heading(id="h", html="One"), Heading(id="h", html="Two"))
        page = live_page(*posts(3, body=body))
        found = [one["id"] for one in page.select("[id]")]
        assert len(found) == len(set(found))

    def test_leads_on_to_the_story_that_a_post_became_while_that_is_public(self) -> None:
        page = live_page(post(became="ferry"), ferry())
        assert page.select_one(".post__on a")["href"] == "/ferry/"
        assert not live_page(post(became="ferry")).select(".post__on")

    def test_without_posts_says_what_will_be_there(self) -> None:
        page = live_page()
        assert "first post will appear" in page.select_one(".empty").get_text()
        assert page.select_one("[data-posts]"), "new ones come in here"

    def test_hangs_on_no_post_that_it_does_not_show(self) -> None:
        _, reader = render(source(strike(), *posts(90)), "story-page", "story:strike", "/strike/")
        read = {key for key in reader.keys if key.startswith("post:")}
        assert len(read) == 30
        assert {key for key in reader.keys if "postpart" in key} <= {
            f"list:postpart/strike/{number:04d}/all" for number in (4, 5)
        }


class TestBytes:
    @pytest.mark.parametrize("sentences", [1, 8, 40, 200])
    def test_pages_stay_small_however_long_the_posts_are(self, sentences: int) -> None:
        body = tuple(Paragraph(id=f"b{n}", html=SENTENCE * 4) for n in range(-(-sentences // 4)))
        many = [post(n, body=body, key=n % 5 == 0) for n in range(1, 101)]
        own = source(strike(), *many)
        live, _ = render(own, "story-page", "story:strike", "/strike/")
        older, _ = render(own, "post-part", "list:postpart/strike/0003", "/_f/live/strike/3/")
        alone, _ = render(own, "post-page", "post:post0001", "/live/post0001/")
        assert max(len(page.body) for page in (live, older, alone)) < MOST
        page = BeautifulSoup(live.body, "html.parser")
        assert 1 <= len(ids(page)) <= 30
        assert len(ids(BeautifulSoup(older.body, "html.parser"))) == 20, "no post is left out of its part"

    def test_fewer_long_posts_are_shown_and_the_longest_begin_only(self) -> None:
        body = tuple(Paragraph(id=f"b{n}", html=SENTENCE * 4) for n in range(20))
        page = live_page(*posts(35, body=body))
        assert len(ids(page)) < 30
        assert page.select_one("a[data-more]")["href"] == "/_f/live/strike/2/"
        longest = live_page(post(body=body * 5))
        assert longest.select_one(".post__on a")["href"] == "/live/post0001/"

    def test_the_bound_is_what_keeps_them_small(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(parts, "LARGEST", 10**9)
        monkeypatch.setattr(parts, "ROOM", 10**9)
        body = tuple(Paragraph(id=f"b{n}", html=SENTENCE * 4) for n in range(50))
        own = source(strike(), *posts(20, body=body))
        older, _ = render(own, "post-part", "list:postpart/strike/0001", "/_f/live/strike/1/")
        assert len(older.body) > MOST


class TestAPart:
    def test_is_a_page_of_its_own_that_leads_back_and_to_the_one_before(self) -> None:
        page = part(2, *posts(60))
        assert ids(page) == [f"p-post{number:04d}" for number in range(40, 20, -1)]
        assert page.select_one("a[data-more]")["href"] == "/_f/live/strike/1/"
        assert page.h1.a["href"] == "/strike/"
        assert page.select_one("meta[name=robots]")["content"] == "noindex"
        assert not part(1, *posts(60)).select("a[data-more]")

    def test_whose_posts_are_all_gone_says_so(self) -> None:
        assert "public any more" in part(1).select_one(".empty").get_text()

    def test_goes_with_its_coverage(self) -> None:
        for renderer, owner in (("post-part", "list:postpart/strike/0001"), ("post-page", "post:post0001")):
            rendered, _ = render(source(post()), renderer, owner)
            assert rendered.status == 410, renderer

    def test_hangs_on_its_own_posts_only(self) -> None:
        own = source(strike(), *posts(90))
        _, reader = render(own, "post-part", "list:postpart/strike/0002", "/_f/live/strike/2/")
        assert len([key for key in reader.keys if key.startswith("post:")]) == 20
        assert "story:strike/body" not in reader.keys, "a new summary bakes no older posts"
        assert not [key for key in reader.keys if key.startswith("list:posts/")]


class TestAPostsOwnPage:
    def page(self, *documents: Document, **more: Any) -> BeautifulSoup:
        return soup_of(
            source(strike(), post(**more), *documents), "post-page", "post:post0001", "/live/post0001/"
        )

    def test_has_the_post_as_it_stands_elsewhere_and_its_coverage(self) -> None:
        page = self.page()
        assert str(page.select_one("article.post")) == str(live_page(post()).select_one("article.post"))
        assert page.h1.a["href"] == "/strike/"

    def test_says_its_own_words_where_it_is_shared(self) -> None:
        page = self.page()

        def meta(name: str) -> str:
            return str(page.select_one(f'meta[property="og:{name}"]')["content"])

        assert meta("title") == "Ship 1 waits at the bar"
        assert meta("url") == "https://tern.example/live/post0001/"
        assert meta("description").startswith("The harbour office")
        assert "/_c/strike.jpg" in meta("image")

    def test_is_shared_with_its_own_picture_where_it_has_one(self) -> None:
        body = (ImageBlock(id="i", picture=PictureUse(media="crane", alt="A crane")),)
        page = self.page(body=body, headline="")
        assert "/_m/crane" in page.select_one('meta[property="og:image"]')["content"]

    def test_hangs_on_the_card_of_its_coverage_only(self) -> None:
        _, reader = render(source(strike(), *posts(3)), "post-page", "post:post0001", "/live/post0001/")
        assert "story:strike/card" in reader.keys
        assert "story:strike/body" not in reader.keys
        assert [key for key in reader.keys if key.startswith("post:")] == ["post:post0001/body"]


class TestStructuredData:
    def data(self, page: BeautifulSoup) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(
            page.select_one('script[type="application/ld+json"]').string
        )["@graph"]
        assert problems(found) == []
        return found

    def test_of_the_live_page_is_a_live_blog_with_its_times_and_posts(self) -> None:
        (article, _) = self.data(live_page(*posts(3, headline="")))
        assert article["@type"] == "LiveBlogPosting"
        assert article["coverageStartTime"] == "2026-11-23T11:09:00+02:00"
        assert "coverageEndTime" not in article, "nobody knows yet"
        assert article["dateModified"] == "2026-11-23T11:15:00+02:00"
        update = article["liveBlogUpdate"][0]
        assert update["@type"] == "BlogPosting"
        assert update["headline"]
        assert update["articleBody"].startswith("The harbour office says it has water for three days.")
        assert update["datePublished"] == "2026-11-23T11:15:00+02:00"
        assert update["author"][0]["name"] == "Ines Halloran"
        assert len(article["liveBlogUpdate"]) == 3

    def test_of_a_closed_coverage_has_its_end(self) -> None:
        end = Coverage(opened_at=PUBLISHED, closed_at=PUBLISHED + timedelta(hours=5))
        (article, _) = self.data(live_page(post(), covered=strike(live=end)))
        assert article["coverageEndTime"] == "2026-11-23T16:09:00+02:00"

    def test_of_a_post_alone_says_what_it_is_part_of(self) -> None:
        page = soup_of(source(strike(), post()), "post-page", "post:post0001", "/live/post0001/")
        (article, _) = self.data(page)
        assert (article["@type"], article["isPartOf"]["@id"]) == (
            "BlogPosting",
            "https://tern.example/strike/",
        )


class TestElsewhere:
    def test_cards_say_live_while_it_is_open(self) -> None:
        def label(covered: Story) -> str:
            page = soup_of(source(covered), "section-page", "section:harbour", "/section/harbour/")
            return str(page.select_one(".kind"))

        assert "kind--live" in label(strike())
        closed = Coverage(opened_at=PUBLISHED, closed_at=AS_OF)
        assert "As it happened" in label(strike(live=closed))

    def test_the_text_edition_has_the_summary_and_the_newest_posts_in_ten_kilobytes(self) -> None:
        body = tuple(Paragraph(id=f"b{n}", html=SENTENCE * 3) for n in range(3))
        own = source(strike(), *posts(60, body=body))
        rendered, _ = render(own, "text-story", "story:strike", "/text/strike/")
        assert len(rendered.body) < 10_000
        text = BeautifulSoup(rendered.body, "html.parser")
        assert "No ship has moved" in text.get_text()
        assert "Ship 60 waits" in text.get_text()
        assert text.find("a", href="/strike/", string="All posts of this coverage")
        second, _ = render(own, "text-part", "story:strike", "/text/strike/2/")
        assert "a second boat" in second.body.decode()

    def test_the_text_edition_of_one_very_long_post_stays_small(self) -> None:
        body = tuple(Paragraph(id=f"b{n}", html=SENTENCE * 3) for n in range(90))
        rendered, _ = render(source(strike(), post(body=body)), "text-story", "story:strike", "/text/strike/")
        assert len(rendered.body) < 10_000
        assert "/live/post0001/" in rendered.body.decode()


def changes(*documents: Document) -> tuple[list[dict[str, Any]], RecordingReader]:
    rendered, reader = render(source(*documents), "wire-changes", "site:main", "/_f/wire/")
    return json.loads(rendered.body)["events"], reader


class TestWhatIsPushed:
    def test_is_the_post_as_its_pages_show_it_with_its_coverage(self) -> None:
        (event,), _ = changes(strike(), post())
        assert {name: event[name] for name in ("kind", "id", "state", "story", "url")} == {
            "kind": "post", "id": "post0001", "state": "live", "story": "strike", "url": "/live/post0001/",
        }  # fmt: skip
        pushed = BeautifulSoup(event["html"], "html.parser").article
        assert str(pushed) == str(live_page(post()).select_one("article.post"))

    def test_of_a_long_post_is_its_address_alone(self) -> None:
        body = tuple(Paragraph(id=f"b{n}", html=SENTENCE * 4) for n in range(30))
        (event,), _ = changes(strike(), post(body=body))
        assert (event["html"], event["url"]) == ("", "/live/post0001/")

    def test_of_a_coverage_that_is_gone_is_that_they_are_gone(self) -> None:
        (event,), reader = changes(post())
        assert event["state"] == "gone"
        assert "story:strike/card" in reader.keys


def test_a_picture_whose_licence_ends_leaves_the_live_page() -> None:
    ends = AS_OF + timedelta(hours=1)
    body = (ImageBlock(id="i", picture=PictureUse(media="short", alt="A view")),)
    own = source(strike(), post(body=body), media("short", licence_ends_at=ends))
    _, reader = render(own, "story-page", "story:strike", "/strike/")
    assert reader.removal_at == ends


def test_a_story_of_another_format_has_none_of_it() -> None:
    page = soup_of(source(story()), "story-page", "story:dredger", "/dredger/")
    assert not page.select("[data-posts], .live__state")
