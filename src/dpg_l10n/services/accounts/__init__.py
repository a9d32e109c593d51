"""Accounts: who may sign in, with what, and what they may do. Nothing here is about a person."""

from dpg_l10n.services.accounts.people import (
    accounts,
    audited,
    delete_account,
    export_account,
    invite,
    set_disabled,
    set_role,
    verify_audit,
)
from dpg_l10n.services.accounts.secret import Made
from dpg_l10n.services.accounts.signing_in import (
    SESSION_S,
    any_account,
    change_password,
    principal,
    set_up,
    setup_secret,
    sign_in,
    sign_in_with_identity,
    sign_out,
)
from dpg_l10n.services.accounts.tokens import add_token, revoke_token, tokens

__all__ = [
    "SESSION_S", "Made", "accounts", "add_token", "any_account", "audited", "change_password", "delete_account", "export_account", "invite",
    "principal", "revoke_token", "set_disabled", "set_role", "set_up", "setup_secret", "sign_in",
    "sign_in_with_identity", "sign_out", "tokens", "verify_audit",
]  # fmt: skip
