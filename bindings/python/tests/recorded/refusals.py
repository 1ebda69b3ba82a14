"""Whether a predicted refusal is the recorded reply."""

from .compare import same


def rendered(template, parameters):
    """A message with its placeholders filled: longest name first, null as empty text."""
    match parameters:
        case list():
            named = {f"%{at}": value for at, value in enumerate(parameters, 1)}
        case dict():
            named = {f"%{name}": value for name, value in parameters.items()}
        case _:
            return template
    text, at = "", 0
    names = sorted(named, key=len, reverse=True)
    while at < len(template):
        name = next((name for name in names if template.startswith(name, at)), None)
        text += template[at] if name is None else "" if named[name] is None else str(named[name])
        at += len(name or " ")
    return text


def is_refusal(refused, status, reply, settle=lambda parameters: parameters):
    """Whether a refusal has that status and is that reply: message, parameters, and all of an aggregate's errors."""
    if refused is None or refused.status != status:
        return False
    if isinstance(reply, str):
        return refused.template.strip() == reply.strip()
    if not reply.keys() <= {"message", "parameters", "errors", "code", "trace"}:
        return False
    errors = [rendered(one["message"], one.get("parameters")) for one in reply.get("errors", [])]
    return (
        refused.template == reply["message"]
        and same(settle(refused.parameters), settle(reply.get("parameters")))
        and refused.errors == errors
    )
