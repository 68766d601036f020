from accounts.permissions import holds
from accounts.roles import Role
from accounts.tables import Predicate

TABLE: dict[str, Predicate] = {
    "policy.read_rulebook": lambda user, _: holds(user, set(Role)),
}
