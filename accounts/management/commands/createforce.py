from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import URLValidator, validate_email, validate_slug
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from accounts.handles import handle_problem
from accounts.mobile import NOT_A_MOBILE, to_e164
from accounts.models import LPT, AccountKind, Force, Platform, SocialAccount, User
from accounts.services import AccountDetails, create_force
from accounts.telephones import number_problem

# What one person is given as, on the command line.
PERSON = ("E-MAIL", "NAME", "MOBILE")


class Command(BaseCommand):
    help = (
        "Makes a force with what it needs to begin: a comms admin, two comms approvers, the"
        " approval route, one local policing team and its account. When anything is wrong, nothing"
        " is made."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", required=True, help="such as “Marlshire Police”")
        parser.add_argument("--slug", required=True, help="such as “marlshire”")
        parser.add_argument("--site", required=True, help="its own site, with https://")
        parser.add_argument("--pack", default="neutral", help="its policy pack (%(default)s)")
        parser.add_argument("--comms-email", default="", help="of the comms desk, for the footer")
        parser.add_argument("--comms-phone", default="", help="of the comms desk, for the footer")
        parser.add_argument(
            "--admin", required=True, nargs=3, metavar=PERSON, help="the comms admin"
        )
        parser.add_argument(
            "--approver",
            required=True,
            nargs=3,
            metavar=PERSON,
            action="append",
            help="a comms approver; give two or more, since nobody approves their own",
        )
        parser.add_argument("--team", required=True, help="the name of the first team")
        parser.add_argument("--account", required=True, help="its handle, without the @")
        parser.add_argument("--platform", default=Platform.X, help="x, mastodon or bluesky (x)")

    def handle(self, *args: Any, **options: Any) -> None:
        if Force.objects.filter(slug=options["slug"]).exists():
            raise CommandError(
                f"There is a force with the slug “{options['slug']}” already. Nothing was changed."
            )
        if faults := [*_of_the_force(options), *_of_the_people(options), *_of_the_team(options)]:
            raise CommandError("No force was made.\n- " + "\n- ".join(faults))
        admin, *approvers = [_person(*typed) for typed in _people(options)]
        create_force(
            Force(
                name=options["name"].strip(),
                slug=options["slug"],
                site=options["site"],
                policy_pack=options["pack"],
                comms_email=options["comms_email"],
                comms_phone=options["comms_phone"],
            ),
            team=LPT(name=options["team"].strip(), slug=slugify(options["team"])),
            account=AccountDetails(
                handle=options["account"],
                platform=Platform(options["platform"]),
                kind=AccountKind.LPT,
                lpt=None,
            ),
            admin=admin,
            approvers=approvers,
            now=timezone.now(),
        )
        reset = f"{settings.SITE_URL}{reverse('account_reset_password')}"
        self.stdout.write(
            f"{options['name']} is ready. Each of these people sets a password at\n"
            f"{reset}\n"
            "by entering their work e-mail and following the link that is mailed to them:"
        )
        for person in (admin, *approvers):
            self.stdout.write(f"- {person.full_name}, {person.email}")


def _people(options: dict[str, Any]) -> list[list[str]]:
    return [options["admin"], *options["approver"]]


def _person(email: str, full_name: str, mobile: str) -> User:
    person = User(email=email.lower(), full_name=full_name.strip(), mobile=to_e164(mobile))
    person.set_unusable_password()
    return person


def _holds(validate: Any, value: str) -> bool:
    try:
        validate(value)
    except ValidationError:
        return False
    return True


def _fits(value: str, longest: int) -> bool:
    return 0 < len(value.strip()) <= longest


def _of_the_force(options: dict[str, Any]) -> Iterator[str]:
    if not _fits(options["name"], 100):
        yield "--name: give the force's name in at most 100 characters."
    elif Force.objects.filter(name=options["name"].strip()).exists():
        yield f"--name: there is a force called “{options['name']}” already."
    slug = options["slug"]
    if not (_fits(slug, 50) and _holds(validate_slug, slug) and slug == slug.lower()):
        yield "--slug: use lower-case letters, digits and hyphens, at most 50, like “marlshire”."
    if not (_fits(options["site"], 200) and _holds(URLValidator(["https"]), options["site"])):
        yield "--site: give the address of the force's own site, like https://www.force.police.uk."
    packs = sorted(path.stem for path in settings.POLICY_PACKS.glob("*.toml"))
    if options["pack"] not in packs:
        yield f"--pack: there is no pack “{options['pack']}”; there are {', '.join(packs)}."
    if options["comms_email"] and not _holds(validate_email, options["comms_email"]):
        yield "--comms-email: this is no e-mail address."
    phone = options["comms_phone"]
    if len(phone) > 20:
        yield "--comms-phone: give the number in at most 20 characters."
    elif phone and (problem := number_problem(phone)):
        yield f"--comms-phone: {problem}"


def _of_the_people(options: dict[str, Any]) -> Iterator[str]:
    people = _people(options)
    if len(options["approver"]) < 2:
        yield "--approver: name two or more people, since nobody approves what they wrote."
    for email, count in Counter(email.lower() for email, _, _ in people).items():
        if count > 1:
            yield f"{email} is named {count} times: one person holds one of these roles."
    for email, full_name, mobile in people:
        if not (_fits(email, 254) and _holds(validate_email, email)):
            yield f"“{email}” is no e-mail address."
        elif User.objects.filter(email__iexact=email).exists():
            yield f"{email} belongs to somebody who is known here already."
        if not _fits(full_name, 100):
            yield f"{email}: give the full name in at most 100 characters."
        if not _holds(to_e164, mobile):
            yield f"{email}: “{mobile}” is no UK mobile number. {NOT_A_MOBILE}"


def _of_the_team(options: dict[str, Any]) -> Iterator[str]:
    slug, handle = slugify(options["team"]), options["account"]
    if not (_fits(options["team"], 100) and _fits(slug, 50)):
        yield "--team: give the team's name, with letters, in at most 50 characters."
    if options["platform"] not in Platform.values:
        yield f"--platform: choose one of {', '.join(Platform.values)}."
    elif problem := handle_problem(handle, options["platform"]):
        yield f"--account: {problem} Give it without the @."
    elif SocialAccount.objects.filter(platform=options["platform"], handle__iexact=handle).exists():
        yield f"--account: @{handle} belongs to a team here already."
