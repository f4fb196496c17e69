#pragma once

#include <string>
#include <string_view>

#include <livery/db/database.h>

namespace livery {

// What happened, for programs of the tenant's own that ask for it (`GET /api/v1/events`). Written
// in the transaction of the fact itself: no event of what did not happen, none lost of what did.
// Thread: any.
class Events {
 public:
    static constexpr std::string_view kPortId = "livery.events/1";
    virtual ~Events();

    struct Event {
        std::string_view name;   // past tense: "ticket.created"; at most 60 ASCII characters
        std::string_view about;  // whose order counts: an id as the API gives it
        std::string_view facts;  // a JSON object of what the API tells anyway; never a secret
    };
    virtual void Publish(db::Transaction& tx, const Event& event) = 0;
};

}  // namespace livery
