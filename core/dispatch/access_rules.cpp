#include "dispatch/access_rules.h"

namespace livery::dispatch {

std::string HomeOf(Realm realm) {
    return realm == Realm::kConsole ? std::string(kConsolePath) : "/";
}

std::string SignInPathOf(Realm realm) {
    return realm == Realm::kConsole ? std::string(kConsolePath) + "/sign-in" : "/sign-in";
}

std::string WayOn(Realm realm, std::optional<Stage> stage) {
    const std::string sign_in = SignInPathOf(realm);
    if (!stage) return sign_in;
    switch (*stage) {
        case Stage::kSecondFactorDue:
            return sign_in + "/code";
        case Stage::kEnrolmentDue:
            return sign_in + "/set-up";
        case Stage::kWhole:
            break;
    }
    return HomeOf(realm);
}

std::optional<std::string> Elsewhere(Access access, Realm realm, std::optional<Stage> stage,
                                     const std::string& path) {
    const auto unless = [&](bool open) {
        return open ? std::nullopt : std::optional(WayOn(realm, stage));
    };
    switch (access) {
        case Access::kPublic:
        case Access::kProvesItself:
            return std::nullopt;
        case Access::kAnonymous:
            return unless(stage != Stage::kWhole);
        case Access::kSecondFactor:
            return unless(stage == Stage::kSecondFactorDue);
        case Access::kEnrolment:
            return unless(stage == Stage::kEnrolmentDue);
        case Access::kApiKey:  // never comes here
        case Access::kSignedIn:
            break;
    }
    if (stage || path.empty() || path == HomeOf(realm)) return unless(stage == Stage::kWhole);
    return SignInPathOf(realm) + "?next=" + path;
}

}  // namespace livery::dispatch
