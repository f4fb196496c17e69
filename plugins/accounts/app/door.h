#pragma once

#include <string>

#include <livery/realm.h>

namespace livery::accounts {

// The pages of a login stand at two places: in the portal and in the console. They do the same
// there, at other paths, for the logins of another realm.
struct Door {
    Realm realm;
    std::string base;      // before `/sign-in` and the like
    std::string home;      // after signing in
    std::string security;  // where one is signed in; below it two-step verification and activity
    std::string password;  // the form to change it

    std::string Path(const std::string& rest) const { return base + rest; }
    std::string TwoStep() const { return security + "/two-step"; }
    bool IsConsole() const { return realm == Realm::kConsole; }
};

inline const Door kPortalDoor{Realm::kPortal, "", "/", "/profile/security", "/profile/password"};
// Nobody registers here, stays signed in for weeks, or does without two-step verification.
inline const Door kConsoleDoor{Realm::kConsole, "/console", "/console", "/console/profile",
                               "/console/profile/password"};

}  // namespace livery::accounts
