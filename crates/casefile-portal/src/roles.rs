//! Who may do what: one table. No I/O.

use std::fmt;
use std::str::FromStr;

/// What somebody is for the desk. One person may be several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Role {
    Engineer,
    Coordinator,
    /// R&D: tickets are handed over to it.
    Rnd,
    Cto,
    Admin,
    /// Sees everything and changes nothing.
    Auditor,
}

/// What a request needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Right {
    /// See tickets and their evidence.
    See,
    /// Write notes that only staff see.
    Note,
    /// Triage, answer, ask, solve.
    Work,
    /// Give a ticket to somebody else.
    Assign,
    /// Take a ticket out of the counting: spam, duplicates.
    Void,
    /// Say that an escalation was seen.
    Acknowledge,
    /// Delete what a person wrote, because they ask for it.
    Erase,
    /// See reports and reviews.
    Report,
    /// Write the actions of a review.
    Review,
    /// See what happened beside tickets.
    Audit,
}

use Right::{Acknowledge, Assign, Audit, Erase, Note, Report, Review, See, Void, Work};

/// Everything that a role may do.
const RIGHTS: [(Role, &[Right]); 6] = [
    (Role::Engineer, &[See, Note, Work, Acknowledge]),
    (Role::Coordinator, &[See, Note, Work, Assign, Void, Acknowledge, Report, Review]),
    (Role::Rnd, &[See, Note, Work, Acknowledge]),
    (Role::Cto, &[See, Note, Assign, Acknowledge, Erase, Report, Review, Audit]),
    (Role::Admin, &[See, Note, Assign, Erase, Report, Audit]),
    (Role::Auditor, &[See, Report, Audit]),
];

impl Role {
    /// All roles.
    pub(crate) const ALL: [Self; 6] =
        [Self::Engineer, Self::Coordinator, Self::Rnd, Self::Cto, Self::Admin, Self::Auditor];

    /// The word for it, which is that of the plan's escalations.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Engineer => "engineer",
            Self::Coordinator => "coordinator",
            Self::Rnd => "rnd",
            Self::Cto => "cto",
            Self::Admin => "admin",
            Self::Auditor => "auditor",
        }
    }

    /// Whether it may do this.
    pub(crate) fn allows(self, right: Right) -> bool {
        RIGHTS.iter().any(|(role, rights)| *role == self && rights.contains(&right))
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The text is no role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a role: expected engineer, coordinator, rnd, cto, admin or auditor")]
pub(crate) struct ParseRoleError;

impl FromStr for Role {
    type Err = ParseRoleError;

    fn from_str(text: &str) -> Result<Self, ParseRoleError> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or(ParseRoleError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_sees_and_only_some_act() {
        for role in Role::ALL {
            assert!(role.allows(See), "{role}");
            assert_eq!(role.to_string().parse(), Ok(role));
        }
        for right in [Note, Work, Assign, Void, Acknowledge, Erase, Review] {
            assert!(!Role::Auditor.allows(right), "an auditor changes nothing: {right:?}");
        }
        assert!(!Role::Engineer.allows(Void), "nobody takes an own ticket out of the counting");
        assert!(!Role::Admin.allows(Work));
    }
}
