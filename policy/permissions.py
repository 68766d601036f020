from accounts.tables import Predicate
from accounts.permissions import holds
from accounts.roles import Role

TABLE: dict[str, Predicate] = {
    "policy.read_rulebook": lambda user, _: holds(user, set(Role)),
}
