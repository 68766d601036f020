"""What people fill in about themselves, about others and about teams."""

from accounts.forms.oneself import HoursForm, ShiftForm, SignInForm, ToldForm
from accounts.forms.organising import ForceForm, TeamForm
from accounts.forms.people import (
    EndRoleForm,
    ImportForm,
    LostFactorForm,
    NewPersonForm,
    PersonForm,
    RoleForm,
)
from accounts.forms.training import CheckForm

__all__ = [
    "CheckForm",
    "EndRoleForm",
    "ForceForm",
    "HoursForm",
    "ImportForm",
    "LostFactorForm",
    "NewPersonForm",
    "PersonForm",
    "RoleForm",
    "ShiftForm",
    "SignInForm",
    "TeamForm",
    "ToldForm",
]
