#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <livery/db/database.h>
#include <livery/ids.h>
#include <livery/time/instant.h>

namespace livery {

// Who did what, when and from where: every sign-in and every change. Written in the transaction of
// the change itself, so that neither stands without the other; never changed, never deleted.
// Thread: any.
class Audit {
 public:
    static constexpr std::string_view kPortId = "livery.audit/1";
    virtual ~Audit();

    struct Entry {
        // Past tense, of the plugin or the core: `sign_in.done`, `address.saved`. At most 40 ASCII
        // characters. A page shows the text `audit.<action>`.
        std::string_view action;
        std::optional<UserId> user = {};        // who; none: nobody known
        std::optional<SubjectId> subject = {};  // whose data; none: nobody's
        std::string_view address = {};          // of the client; empty: not by a request
        std::string_view detail = {};           // at most 200 characters; never a secret
    };
    virtual void Record(db::Transaction& tx, const Entry& entry) = 0;

    struct Recorded {
        Uuid id;
        Instant at;
        std::string action;
        std::string address;
        std::string detail;
        std::optional<UserId> user = {};  // who; none: nobody known
    };
    // What a user did, or somebody tried in their name; newest first. `before`: the last id of the
    // page before, nil for the first page.
    virtual std::vector<Recorded> ListOf(const TenantId& tenant, UserId user, Uuid before,
                                         int most) = 0;
    // What was done to somebody's data or login, by whomever; the same otherwise.
    virtual std::vector<Recorded> ListAbout(const TenantId& tenant, SubjectId subject, Uuid before,
                                            int most) = 0;
};

}  // namespace livery
