#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <livery/http/request_context.h>
#include <livery/http/response.h>
#include <livery/http/session_cookie.h>
#include <livery/realm.h>
#include <livery/result.h>
#include <livery/view/view.h>

namespace livery {

namespace api {
struct Operation;
}

// 303 to a path of this host. `notice` is a text key of the plugin, shown once on the next page.
struct Redirect {
    std::string location;
    std::string notice = {};
    std::optional<SessionCookie> session = {};  // what the browser keeps from now on
};

using Reply = std::variant<View, Redirect, Response>;
using Handler = std::function<Result<Reply>(const RequestContext&)>;

enum class Access {
    kPublic,        // anyone
    kAnonymous,     // for people who are not signed in; others are sent home
    kSecondFactor,  // signed in with the password, second step to come
    kEnrolment,     // the same, of somebody who must set up that step first: the console's staff
    kSignedIn,      // others are sent to the sign-in page
    kProvesItself,  // another machine, by a signature over its bytes that the handler checks: no
                    // session, and no token of a form
    kApiKey,        // a program with a key: see api/operation.h
};

// Buckets of the rate limiter, per tenant, class and client address.
enum class RateClass { kPage, kForm, kCredential };

// Which threads answer. A page that waits for another machine, as a call of a gateway does, holds
// up the pages of strangers, unless it says so here. Those of RateClass::kCredential hash passwords
// and are always taken for ones that wait.
enum class Pace { kQuick, kWaits };

// How much a request may bring; what is larger is refused before any of it is looked at (413).
// Whoever may send files may so fill memory: only on routes that take some.
enum class BodySize { kForm, kFiles };
// Of BodySize::kFiles: all files of a request together, with what a form has besides.
inline constexpr std::size_t kMostUploadBytes = 64U * 1024 * 1024;

// How long a rendered page may be shown again to the same session.
enum class Reuse {
    kNever,
    kWhileUnchanged,  // until Transaction::Touch names the subject, or the tenant's day ends
};

// One row of the table that makes the router, the access check, the rate limiter, the CSRF check
// and the isolation test. Patterns: `/profile/addresses/:id`; literal segments win. Sessions of
// another realm than the pattern's (RealmOf) count for nothing.
struct Route {
    Method method = Method::kGet;
    std::string pattern;
    Access access = Access::kSignedIn;
    Handler handler;
    std::string summary;  // for `livery routes`
    RateClass rate = RateClass::kPage;
    Reuse reuse = Reuse::kNever;
    // Of the console's pages: what whoever is signed in must be allowed, else 403. Empty: any of
    // the staff. Declared by the same plugin (Registrar::Add), or by one that it requires.
    std::string permission = {};
    // Of a route with Access::kApiKey, which has no handler of its own.
    std::shared_ptr<const api::Operation> operation = nullptr;
    Pace pace = Pace::kQuick;
    BodySize body = BodySize::kForm;
};

// One entry of the main navigation of its path's realm.
struct NavItem {
    std::string label;  // text key of the plugin
    std::string href;
    std::string icon;  // of the icon sprite
    int order = 100;
    std::string also = {};        // pages under this path belong to it too
    std::string permission = {};  // who lacks it does not see it
};

}  // namespace livery
