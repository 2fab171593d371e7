"""Asks the issuer about a task token, and says which HTTP status to answer. Standard library only."""
import base64, hashlib, json, os, sys, time, urllib.error, urllib.parse, urllib.request

ISSUER = os.environ["TASKBOUND_ISSUER"]
NAME = os.environ["TASKBOUND_SERVER"]  # this server's name in the policy
with open(os.environ["TASKBOUND_SECRET_FILE"], encoding="ascii") as file:
    SECRET = file.read().strip()


def ask(path, form, after_lost_answer={}):
    """The issuer's answer, or None if there is none: then the task must not be done."""
    basic = base64.b64encode(f"{NAME}:{SECRET}".encode()).decode()
    for attempt in range(3):
        body = urllib.parse.urlencode(form).encode()
        request = urllib.request.Request(ISSUER + path, body, {"Authorization": "Basic " + basic})
        try:
            # 20 s are enough for a cold start of the issuer.
            with urllib.request.urlopen(request, timeout=20) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            if refusal.code not in (429, 503):
                return None
            time.sleep(int(refusal.headers.get("Retry-After", "1")))
        except (OSError, ValueError):
            # The use may be counted; asking again is safe, because use_id is the same.
            form = {**form, **after_lost_answer}
            time.sleep(0.5 * 2**attempt)
    return None


def redeem(token, action, identifier, job):
    """job is our own id of this work, stored before we ask; never an id that the caller sent."""
    form = {"token": token, "action": action, "identifier": identifier, "use_id": job}
    answer = ask("/redeem", form, after_lost_answer={"repeat": "allowed"})
    if answer is None:
        return 503
    if answer.get("active") is True:
        return 200
    if answer.get("reason") == "repeat":
        return 409  # or the stored result of this job
    return 403 if answer.get("reason") == "not_permitted" else 401


def introspect(token, action, identifier):
    """After an introspection we must check the permission ourselves; after a redemption it has been checked."""
    answer = ask("/introspect", {"token": token})
    if answer is None:
        return 503
    if answer.get("active") is not True:
        return 401
    details = answer["authorization_details"]
    permitted = any(action in d["actions"] and d["identifier"] == identifier for d in details)
    return 200 if permitted else 403


if __name__ == "__main__":
    token = sys.stdin.read().strip()
    if sys.argv[1] == "redeem":
        with open(sys.argv[2], "rb") as received:
            digest = hashlib.sha256(received.read()).hexdigest()
        print(redeem(token, "sign", f"artifact:acme/shop/app.jar@sha256:{digest}", sys.argv[3]))
    else:
        print(introspect(token, sys.argv[2], sys.argv[3]))
