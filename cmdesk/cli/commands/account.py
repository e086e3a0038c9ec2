"""The accounts: linked, asked who they are, checked, renewed, taken off."""

import html
from collections.abc import Sequence

from cmdesk.cli import browser, finding, reading, shapes
from cmdesk.cli.exits import Exit, exit_for
from cmdesk.cli.house import open_desk
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.cli.text import fields, iso, table
from cmdesk.domain.account import Account, Network
from cmdesk.domain.errors import BadInput, CmdeskError
from cmdesk.domain.ids import Kind, ref
from cmdesk.domain.limits import Unit
from cmdesk.services import linking
from cmdesk.services.desk import Desk
from cmdesk.services.practising import Practising
from cmdesk.services.workspace import Workspace


async def link(call: Call) -> Exit:
    """Links an account: in the browser unless another way is asked for."""
    args = call.args
    network = Network(args.network)
    if network is Network.PRACTICE:
        return await _link_practice(call)
    if args.persona is not None:
        raise BadInput(field="persona", reason="unwanted")
    if network is Network.BLUESKY:
        _check_bluesky(call)
    elif args.server is None:
        raise BadInput(field="server", reason="missing")
    elif args.handle is not None or args.app_password_stdin:
        raise BadInput(field="handle", reason="unwanted")
    async with open_desk(call) as desk:
        workspace = finding.working_client(desk, args.client)
        await _ready(call, desk)
        account = await _log_in(call, workspace, network, args.server or "", allow_private=args.allow_private)
        return _linked(call, desk, workspace, account)


async def _link_practice(call: Call) -> Exit:
    args = call.args
    if args.server is not None:
        raise BadInput(field="server", reason="unwanted")
    if args.browser or args.code_stdin or args.token_stdin or args.app_password_stdin or args.handle is not None:
        raise BadInput(field="way", reason="unwanted")
    async with open_desk(call) as desk:
        workspace = finding.working_client(desk, args.client)
        await _ready_to_practise(call, desk)
        practising = Practising(desk.home, desk.clock)
        account = await practising.link(workspace, args.persona or practising.people()[0].key)
        return _linked(call, desk, workspace, account)


def _check_bluesky(call: Call) -> None:
    """Bluesky knows two ways: an app password, and the browser. Raises BadInput."""
    _check_way(call)
    args = call.args
    if args.app_password_stdin and args.handle is None:
        raise BadInput(field="handle", reason="missing")


async def _ready(call: Call, desk: Desk) -> None:
    """Looks for a keyring first: nobody should log in for nothing. Raises VaultProblem."""
    if call.args.session_only:
        call.around.vault.use_session_memory()
        call.output.say(call.words("account.session_only"))
        return
    status = await call.engine.helper(desk.vault.status)
    if status.problem is not None:
        call.output.say(call.words("account.session_hint"))
        raise finding.keyring_problem(status.problem)


async def _ready_to_practise(call: Call, desk: Desk) -> None:
    """The practice network keeps no secret, so a missing keyring is no reason not to practise."""
    if (await call.engine.helper(desk.vault.status)).problem is not None:
        call.around.vault.use_session_memory()


async def _log_in(
    call: Call, workspace: Workspace, network: Network, server: str, *, allow_private: bool, expected: Account | None = None
) -> Account:
    """Logs in the way that the options ask for; with ``expected`` nobody else is accepted."""
    args = call.args
    handle = expected.identity.handle if expected is not None else getattr(args, "handle", None) or ""
    if args.app_password_stdin:
        password = reading.secret_of(call.around.stdin, "password")
        return await linking.with_password(
            workspace, handle, password, server=server, allow_private=allow_private, expected=expected
        )
    if args.token_stdin:
        token = reading.secret_of(call.around.stdin, "token")
        return await linking.with_token(workspace, network, server, token, allow_private, expected=expected)
    language = call.words.locale
    if args.code_stdin:
        by_code = await linking.begin_code(
            workspace, network, server, allow_private=allow_private, language=language, expected=expected
        )
        try:
            call.output.say(call.words("account.code", url=by_code.url))
            code = await call.engine.helper(reading.secret_of, call.around.stdin, "code")
            return await by_code.finish(code.reveal())
        finally:
            await by_code.close()
    done, failed = _page(call, "account.page_done"), _page(call, "account.page_failed")
    login = await linking.begin_browser(
        workspace,
        network,
        server,
        done=done,
        failed=failed,
        allow_private=allow_private,
        language=language,
        expected=expected,
        handle=handle if network is Network.BLUESKY else "",
    )
    try:
        call.output.say(call.words("account.browser", url=login.url))
        await call.engine.helper(browser.open_page, login.url)
        return await login.finish()
    finally:
        await login.close()


def _page(call: Call, key: str) -> bytes:
    """The small page that the browser shows at the end."""
    words = html.escape(call.words(key))
    language = html.escape(call.words.locale)
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>cmdesk</title>'
        f'<body style="font:1.2em system-ui;margin:15vh auto;max-width:30em"><p>{words}</p></body></html>'
    ).encode()


def _linked(call: Call, desk: Desk, workspace: Workspace, account: Account) -> Exit:
    for other in linking.linked_elsewhere(desk, workspace, account.id):
        call.output.say(call.words("account.elsewhere", handle=account.identity.handle, client=other.client.name))
    return _print(call, workspace, account)


async def list_accounts(call: Call) -> Exit:
    """Prints the accounts of one client or of all."""
    async with open_desk(call) as desk:
        pairs = [
            (workspace, one)
            for workspace in finding.clients(desk, call.args.client)
            for one in linking.accounts(workspace, with_unlinked=call.args.all)
        ]
        _print_all(call, pairs)
    return Exit.DONE


def _print_all(call: Call, pairs: Sequence[tuple[Workspace, Account]]) -> None:
    words = call.words
    header = tuple(words(f"column.{name}") for name in ("id", "client", "network", "handle", "health"))
    lines = [
        (
            ref(workspace.client.id, Kind.ACCOUNT, one.id),
            workspace.client.name,
            one.identity.network.value,
            one.identity.handle,
            _health(call, one),
        )
        for workspace, one in pairs
    ]
    document: list[Json] = [
        shapes.account(workspace.client.id, one, linking.quotas(workspace, one.id)) for workspace, one in pairs
    ]
    call.output.result(document, table(header, lines) if lines else words("account.none"))


def _health(call: Call, one: Account) -> str:
    return call.words("health.unlinked") if one.unlinked_at is not None else call.words(f"health.{one.health.value}")


def _named(call: Call, desk: Desk) -> tuple[Workspace, Account]:
    """The account of the command line. Raises BadInput when it is named twice."""
    args = call.args
    if args.account is not None and args.account_option is not None and args.account != args.account_option:
        raise BadInput(field="account", reason="twice")
    return finding.account_anywhere(desk, args.account_option if args.account is None else args.account, args.client)


async def whoami(call: Call) -> Exit:
    """Asks the network who we are; changes nothing."""
    async with open_desk(call) as desk:
        workspace, account = _named(call, desk)
        found = await linking.whoami(workspace, account.id)
    same = found.same_as(account.identity)
    document: dict[str, Json] = {
        "account": ref(workspace.client.id, Kind.ACCOUNT, account.id),
        "client": workspace.client.id,
        "network": found.network.value,
        "server": found.server,
        "remote_id": found.remote_id,
        "handle": found.handle,
        "display_name": found.display_name,
        "profile_url": found.profile_url,
        "same": same,
    }
    pairs = [
        (call.words("column.handle"), found.handle),
        (call.words("column.name"), found.display_name),
        (call.words("column.server"), found.server),
        (call.words("column.url"), found.profile_url),
    ]
    call.output.result(document, fields(pairs))
    if not same:
        call.output.say(call.words("error.wrong_identity", found=found.handle, expected=account.identity.handle))
    return Exit.DONE if same else Exit.PROBLEM


async def check(call: Call) -> Exit:
    """Checks one account, or all of a client or of the desk when none is named."""
    args = call.args
    async with open_desk(call) as desk:
        if args.account is None and args.account_option is None:
            pairs = [(room, one) for room in finding.clients(desk, args.client) for one in linking.accounts(room)]
        else:
            pairs = [_named(call, desk)]
        exits = [await _check(call, workspace, one) for workspace, one in pairs]
        _print_all(call, [(workspace, linking.account(workspace, one.id)) for workspace, one in pairs])
    return max(exits, default=Exit.DONE)


async def _check(call: Call, workspace: Workspace, account: Account) -> Exit:
    try:
        await linking.check(workspace, account.id)
    except CmdeskError as problem:
        call.output.say(call.words("account.problem", handle=account.identity.handle, sentence=call.words.problem(problem)))
        return exit_for(problem)
    return Exit.DONE


async def renew(call: Call) -> Exit:
    """Links the same account again; an access of anybody else is refused and the old one stays."""
    async with open_desk(call) as desk:
        workspace, account = _named(call, desk)
        finding.in_work(workspace)
        identity = account.identity
        if identity.network is Network.PRACTICE:
            await _ready_to_practise(call, desk)
            renewed = await Practising(desk.home, desk.clock).link(workspace, identity.handle)
        else:
            if identity.network is Network.BLUESKY:
                _check_way(call)
            elif call.args.app_password_stdin:
                raise BadInput(field="way", reason="unwanted")
            await _ready(call, desk)
            server = linking.server_to_ask(account)
            renewed = await _log_in(
                call, workspace, identity.network, server, allow_private=account.allow_private, expected=account
            )
        return _print(call, workspace, renewed)


def _check_way(call: Call) -> None:
    """Bluesky gives out neither codes nor tokens to copy. Raises BadInput."""
    if call.args.code_stdin or call.args.token_stdin:
        raise BadInput(field="way", reason="not_bluesky")


async def unlink(call: Call) -> Exit:
    """Takes an account off, and gives its access back where the server can take it."""
    async with open_desk(call) as desk:
        if call.args.account is None and call.args.account_option is None:
            raise finding.which_account(finding.clients(desk, call.args.client))
        workspace, account = _named(call, desk)
        revoked = await linking.unlink(workspace, account.id)
        call.output.say(call.words("account.revoked" if revoked else "account.not_revoked"))
        return _print(call, workspace, linking.account(workspace, account.id))


def _print(call: Call, workspace: Workspace, account: Account) -> Exit:
    words = call.words
    fetched = [f"{words(f'fetch.{one.kind.value}')}: {iso(one.succeeded_at)}" for one in account.fetches if one.succeeded_at]
    limit = words(f"unit.{Unit(account.limits.unit).value}", count=account.limits.max_characters)
    pairs = [
        (words("column.id"), ref(workspace.client.id, Kind.ACCOUNT, account.id)),
        (words("column.client"), workspace.client.name),
        (words("column.handle"), account.identity.handle),
        (words("column.name"), account.identity.display_name),
        (words("column.server"), account.identity.server),
        (words("column.software"), account.software),
        (words("column.health"), _health(call, account)),
        (words("column.limit"), f"{account.limits.max_characters} {limit}"),
        (words("column.fetched"), ", ".join(fetched)),
    ]
    call.output.result(shapes.account(workspace.client.id, account, linking.quotas(workspace, account.id)), fields(pairs))
    return Exit.DONE
