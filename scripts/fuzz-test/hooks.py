"""What Schemathesis must be told of this API, and of this run."""

import itertools
import os

import schemathesis

from semantic_refusals import is_semantic

NUMBERS = itertools.count(1)
WAITS = itertools.count()
OWN_KEY = "key_sandbox"


@schemathesis.auth()
class SandboxKey:
    """Not a header of the command line, which would be put back where a check leaves it out."""

    def get(self, case, context):
        return os.environ["FUZZ_API_KEY"]

    def set(self, case, data, context):
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {data}"


# Read by the same code for every operation, so varied at those of two tags alone: half the requests.
COMMON = {"CorrelationId", "MagmaVersion", "IdempotencyKey"}
VARIED_AT = {"Sites", "Meta"}


@schemathesis.hook
def before_load_schema(context, raw_schema):
    for operations in raw_schema["paths"].values():
        for operation in operations.values():
            if VARIED_AT.isdisjoint(operation["tags"]):
                operation["parameters"] = [
                    each
                    for each in operation["parameters"]
                    if each.get("$ref", "").rsplit("/", 1)[-1] not in COMMON
                ]


@schemathesis.hook
def before_call(context, case, kwargs):
    new_idempotency_key(case)
    wait_seldom(case)
    spare_own_key(case)


def new_idempotency_key(case):
    """The header's value must be new for every operation that is meant; examples repeat theirs."""
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and 1 <= len(key) <= 255:
        case.headers["Idempotency-Key"] = f"{key[:240]}-{next(NUMBERS)}"


def wait_seldom(case):
    """Most commands queue behind others here: a request in 20 waits for the end of its own, for a second."""
    prefer = (case.headers or {}).get("Prefer")
    if isinstance(prefer, str) and prefer.startswith("wait="):
        case.headers["Prefer"] = f"wait={int(next(WAITS) % 20 == 0)}"


def spare_own_key(case):
    """The list of keys tells the id of the one we call with, and some operations would revoke it."""
    path = case.path_parameters or {}
    if path.get("api_key_id") == OWN_KEY:
        path["api_key_id"] = "key_spared"
    if isinstance(case.body, dict) and case.body.get("replaces") == OWN_KEY:
        case.body["replaces"] = "key_spared"


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """False for what is none: a request that fits the document, refused for what no schema can say."""
    if type(failure).__name__ != "RejectedPositiveData":
        return True
    return not is_semantic(case, response)
