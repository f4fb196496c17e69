#pragma once

#include <string>
#include <vector>

#include <livery/db/database.h>

namespace livery::payments {

// What a provider told us of something of its own.
struct ProviderEvent {
    std::string instance;
    std::string id;     // the provider's, unique for the instance
    std::string about;  // payment, refund, setup, method, dispute, nothing
    std::string provider_id;
    std::string reference;
    Instant received_at{};
    int looks = 0;  // at what it is about, in vain
};

class EventRepository {
 public:
    // False: it is there already, and what is there stays.
    static bool Add(db::Transaction& tx, const ProviderEvent& event);
    // Those that are to be followed by then, the longest due first.
    static std::vector<ProviderEvent> Due(db::Database& database, const TenantId& tenant,
                                          Instant now, std::size_t most);
    static void Postpone(db::Transaction& tx, const ProviderEvent& event, int looks, Instant until);
    static void SetHandled(db::Transaction& tx, const ProviderEvent& event, Instant now);
};

}  // namespace livery::payments
