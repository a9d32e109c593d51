"""Words of repositories: folders to leave out, folders of translations, names that mean nothing."""

from __future__ import annotations

import re
from functools import lru_cache

from dpg_l10n.domain.locales import canonical, has_name, is_language, is_old_name, tag_of_name
from dpg_l10n.domain.paths import ZIP, unpacked_path


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VENDORED = _words(
    ".git .hg .svn node_modules bower_components jspm_packages vendor vendors third_party third-party"
    " thirdparty external extern Pods Carthage .gradle .tox .nox .venv venv virtualenv site-packages"
    " dist-packages __pycache__ .mypy_cache .pytest_cache .cache .next .nuxt .angular DerivedData"
    " .dart_tool .idea .vscode .terraform coverage htmlcov .yarn .pnpm-store"
)
BUILT = _words("build dist target out bin obj intermediates generated _build")
"""Folders of build results, which repeat what is elsewhere in the tree."""
TESTS = _words(
    "test tests __tests__ testing spec specs fixtures __fixtures__ testdata test-data test_data e2e"
    " cypress __mocks__ mocks androidTest testFixtures"
)
LOCALE_FOLDERS = _words(
    "locale locales i18n l10n lang langs language languages translation translations translate"
    " translated localization localizations localisation localisations intl messages po nls strings"
    " texts cultures localize localized"
)
_GENERIC = LOCALE_FOLDERS | _words(
    "src main res java resources resource assets asset public static config conf packages apps addons"
    " modules plugins lib libs lc_messages pot data app project commonmain composeresources"
    " webapp www client_src template templates default source en values kotlin ui"
)
_GENERIC_STEMS = LOCALE_FOLDERS | _words(
    "strings string messages message localizable resources translation app default labels"
    " source en base"
)
MESSAGE_STEMS = LOCALE_FOLDERS | _words(
    "message string localizable labels label resources applicationresources validationmessages"
    " errormessages bundle text"
)
"""First parts of file names that say what the file holds, wherever it lies."""
SOURCE_STEMS = (
    "source",
    "src",
    "template",
    "default",
    "base",
    "original",
    "keys",
    "master",
    "main",
)
"""Names of source files that name no language, most telling first."""
SOURCE_FOLDERS = ("src", "source", "sources", "default", "template", "templates", "base", "")
SECOND_ENDING = re.compile(
    r"(?<=.)\.(?:i18n|l10n|intl|lang|locale|messages|strings|translations?)$", re.IGNORECASE
)
"""What a stem may say of what the file holds (``strings_fr.i18n.json``)."""
NOT_STRINGS = _words(
    "package.json package-lock.json composer.json bower.json manifest.json angular.json lerna.json"
    " nx.json firebase.json app.json vercel.json jsconfig.json turbo.json"
    " gradle.properties local.properties gradle-wrapper.properties log4j.properties log4j2.properties"
    " application.properties bootstrap.properties build.properties pom.properties"
    " sonar-project.properties git.properties docker-compose.yml mkdocs.yml database.yml"
    " openapi.yml openapi.yaml openapi.json swagger.json swagger.yml _config.yml"
)
_NOT_STRINGS = re.compile(
    r"tsconfig.*\.json|\..*rc(\.json|\.ya?ml)?|(application|bootstrap|config)-\w+\.(properties|ya?ml)"
    r"|docker-compose.*|\.(github|gitlab).*|[^/]*\.(min|map|schema|lock|config)\.[a-z]+"
)
_COMMON_WORDS = _words(
    "all api app bar bin bot car cat com con css dal das dat day dev dna doc dot ext fit for gen get"
    " gui hex hot ice ide img ini jar job key kit lib lic lin log mac man map mat max med men min mix"
    " mod net new non nor not now old one opt org oss our own pad pas per pip pom pop pos pro raw ref"
    " reg rel req res ros row run sdk sec see seo set sha she sim sit six src ssh sub sun sup sus svg"
    " sys tag tap tax tem ten tet the tip tmp toc tom top tor two und usa use utf vac var vec ver vim"
    " vis war was way wax web who win you yes zip"
) - _words("tet mni vec")
"""Three letters that CLDR knows as a language and repositories as a word."""
_LOOKS_LIKE_LANGUAGE = re.compile(
    r"(?:[a-z]{2,3}|[A-Z]{2})"
    r"(?:[-_](?:[A-Za-z]{4}|[A-Z][A-Z]|[a-z]{2}|[0-9]{3}|r[A-Z]{2}|x-[a-z]+|[a-z]{5,8})){0,3}"
    r"(?:\.UTF-8)?(?:@[A-Za-z]{2,10})?"
)
_SCRIPT = re.compile(r"[-_]([A-Za-z]{4})(?=[-_@]|$)")
_SCRIPTS = _words(
    "latn cyrl arab hans hant deva beng guru gujr orya taml telu knda mlym sinh thai laoo khmr mymr"
    " ethi hebr grek armn geor tibt mong cher adlm nkoo tfng olck mtei syrc thaa cans bopo java"
    " sund bali kore jpan rohg vaii hira kana hrkt lana cakm java aran"
)
_VARIANT = re.compile(r"[-_]([a-z]{5,8})(?=[-_@]|$)")
_VARIANTS = _words("valencia tarask heploc pinyin scouse polyton ijekavsk ekavsk formal informal")


@lru_cache(maxsize=65536)
def spells_language(name: str) -> bool:
    """Tell whether part of a path is a language, not a word that happens to be a code."""
    if is_old_name(name) or tag_of_name(name):
        return True
    if not _LOOKS_LIKE_LANGUAGE.fullmatch(name):
        return False
    lower = name.lower()
    if re.split(r"[-_@.]", lower)[0] in _COMMON_WORDS or lower == "qqq":
        return False
    for found in _SCRIPT.finditer(name):
        if found[1].lower() not in _SCRIPTS:
            return False
    for found in _VARIANT.finditer(name.partition("-x-")[0]):
        if found[1] not in _VARIANTS:
            return False
    return is_language(name)


def may_be_language(name: str) -> bool:
    """Tell whether a word is a language too, beside files of many languages (``war``, ``new``)."""
    return name in _COMMON_WORDS and has_name(name)


@lru_cache(maxsize=65536)
def is_strong(name: str) -> bool:
    """Tell whether a language name is hardly ever a word: two letters inside, or a region."""
    return len(canonical(name).split("-")[0]) == 2


def is_left_out(parts: tuple[str, ...], *, built: bool = False) -> bool:
    """Tell whether a folder (as path components) is vendored, built, or holds tests' data.

    Args:
        parts: Names of the folder and of those above it.
        built: Folders of build results are looked into.
    """
    for place, part in enumerate(parts):
        if part == "LC_MESSAGES":
            return False
        if (
            part in VENDORED
            or (part in BUILT and not built)
            or part in TESTS
            or part.endswith("-build")
        ):
            below_locale = any(spells_language(above) for above in parts[:place])
            if not below_locale:
                return True
    return False


def holds_strings(filename: str) -> bool:
    """Tell whether a file's name is not that of a well-known settings file."""
    lower = unpacked_path(filename.lower())
    return lower not in NOT_STRINGS and not _NOT_STRINGS.fullmatch(lower)


def speaks_of_locales(component: str) -> bool:
    """Tell whether a folder's name says that translations are in it."""
    return not LOCALE_FOLDERS.isdisjoint(re.split(r"[-_.]", component.lower()))


def is_generic_folder(component: str) -> bool:
    """Tell whether a folder's name says nothing about what the strings are for."""
    return component.lower().removesuffix(ZIP).strip("_.") in _GENERIC


def is_generic_stem(stem: str) -> bool:
    """Tell whether a file's name says nothing about what the strings are for."""
    return stem.lower().strip("_.") in _GENERIC_STEMS
