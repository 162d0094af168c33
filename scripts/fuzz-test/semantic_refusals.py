"""
Requests that fit the document and are refused all the same, by rules that no schema can say. A refusal
counts as one of these where every field it complains of stands here, with the code it gives.
"""

import json
import re
import string

# Codes that use cases give, and no schema: what they say is not in the shape of the request.
OF_THE_STATE = {
    "invalid_cursor",  # Cursors are sealed: nobody can make one up.
    "not_found",  # It names something that is not there.
    "not_allowed",  # Not together with another field, or not at this charger.
    "not_supported",  # Not offered, or not by this charger.
    "not_for_this_type",  # The field belongs to another type of object.
    "unknown_scope",  # Scopes are told in words.
    "unknown_event_type",  # Types are told by GET /v1/event-types.
    "unknown_action",  # OCPP has no such message in the charger's version.
    "duplicate",  # Named twice in a list.
    "out_of_range",  # Nearer to zero than any number that can be kept.
    "no_sample",  # No event of this type has happened yet.
    "url_not_allowed",  # URLs that are never called: of no HTTP, of this machine.
    "too_long",  # More days than are asked for at a time.
    "too_late",  # Too far ahead.
    "in_the_past",  # That time is over.
    "before_start",  # It ends before it begins.
    "role",  # What goes with a member's role.
    "bad_origin",  # Scheme, host and port alone.
    "bad_redirect_uri",  # Schemes that may come back to a client.
    "invalid_name",  # X.500.
    "malformed",  # PEM, and the like.
}

# (operation, field, code): rules over more than one field, and over the clock. `*` stands for anything.
RULES = {
    ("applyConfigurationTemplate", "charger_ids", "invalid_value"): "one of two",
    ("changeAvailability", "evse_id", "invalid_value"): "one of two",
    ("createApiKey", "expires_at", "too_small"): "ahead",
    ("createApiKey", "ip_allowlist.*", "invalid_value"): "addresses or ranges of either family",
    ("createApiKey", "name", "required"): "unless it replaces a key",
    ("createApiKey", "overlap_seconds", "invalid_value"): "only with replaces",
    ("createApiKey", "scopes", "required"): "unless it replaces a key",
    ("createCharger", "connectors", "invalid_value"): "each id once",
    ("createCommandBatch", "charger_ids", "invalid_value"): "one of two",
    ("createCommandBatch", "input.*", "*"): "the schema of the type of command",
    ("createFirmwareImage", "signing_certificate", "invalid_value"): "with a signature",
    ("createOrganization", "currency", "invalid_value"): "currencies of two decimals",
    ("createOrganization", "id", "invalid_format"): "begins with the parent's id",
    ("createOrganization", "timezone", "invalid_value"): "the names of time zones",
    ("createReservation", "charger_id", "required"): "a charger or a site",
    ("createReservation", "expires_at", "too_small"): "after starts_at, and ahead",
    ("createReservation", "token_uid", "required"): "one of three",
    ("createSite", "timezone", "invalid_value"): "the names of time zones",
    ("installChargerCertificate", "certificate", "required"): "one of two",
    ("listCommands", "charger_id", "required"): "a charger or a batch",
    ("listReservationSlots", "site_id", "required"): "a site or a charger",
    ("listReservationSlots", "to", "too_big"): "seven days after `from` at most",
    ("listReservationSlots", "to", "too_small"): "after `from`, and ahead",
    ("reconcileSession", "force.*", "too_big"): "not ahead",
    ("reconcileSession", "force.*", "too_small"): "not below what the meter has shown",
    ("refreshChargerConfiguration", "items", "required"): "with what: items",
    ("refreshChargerConfiguration", "items.*", "invalid_value"): "a name or a component",
    ("replayWebhookDeliveries", "body", "invalid_value"): "one of four",
    ("requestCustomerInformation", "body", "invalid_value"): "exactly one of three",
    ("requestDiagnostics", "latest_at", "invalid_value"): "after oldest_at",
    ("rotateChargerCredentials", "password", "invalid_format"): "as the charger's version has it",
    ("sendRawOcppMessage", "payload*", "*"): "the schema of the OCPP message",
    ("setChargerPowerLimit", "expires_at", "too_small"): "ahead",
    ("setChargingProfile", "kind", "invalid_value"): "a session does not recur",
    ("setChargingProfile", "periods.*", "invalid_value"): "from 0, rising",
    ("setChargingProfile", "periods.*", "required"): "one of two",
    ("setChargingProfile", "session_id", "required"): "with the purpose session",
    ("setChargingProfile", "stack_level", "too_big"): "as the charger's configuration says",
    ("setChargingProfile", "valid_to", "too_small"): "ahead",
    ("startSession", "connector", "required"): "where the charger has more than one",
    ("startSession", "tariff_override.amount", "invalid_value"): "a decimal text within bounds",
    ("updateChargerFirmware", "firmware_image_id", "invalid_value"): "one of two",
    ("updateChargerFirmware", "signing_certificate", "invalid_value"): "with a signature",
    ("updateChargerFirmware", "version", "invalid_value"): "only with a url",
    ("updateOrganization", "currency", "invalid_value"): "currencies of two decimals",
    ("updateOrganization", "tax.gstin", "invalid_value"): "its last character is a checksum",
    ("updateOrganization", "timezone", "invalid_value"): "the names of time zones",
    ("updateSite", "timezone", "invalid_value"): "the names of time zones",
    ("updateSiteTariff", "*_per_minute", "invalid_value"): "a decimal text within bounds",
    ("updateSiteTariff", "*_rate*", "invalid_value"): "a decimal text within bounds",
    ("updateSiteTariff", "taxes", "invalid_value"): "one of each type",
}


def is_semantic(case, response):
    try:
        problem = json.loads(response.content)
    except ValueError:
        return False
    errors = problem.get("errors") or []
    return bool(errors) and all(is_known(case, error) for error in errors)


def is_known(case, error):
    field, code = error["field"], error["code"]
    if code in OF_THE_STATE:
        return True
    sent = case.body.get(field) if isinstance(case.body, dict) else None
    # Schemathesis takes an empty text for fit where the schema says `type: [string, "null"]` and a format.
    if code == "invalid_format" and sent == "":
        return True
    # Names are trimmed: blanks are characters to the schema, and nothing here.
    if code == "too_small" and isinstance(sent, str) and sent.strip(f"{string.whitespace}\ufeff\xa0") == "":
        return True
    operation = case.operation.definition.raw.get("operationId")
    return any(
        of == operation and matches(fields, field) and matches(codes, code)
        for of, fields, codes in RULES
    )


def matches(pattern, text):
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), text, re.DOTALL) is not None
