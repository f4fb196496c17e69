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
};

class EventRepository {
 public:
    // False: it is there already, and what is there stays.
    static bool Add(db::Transaction& tx, const ProviderEvent& event);
    // The longest waiting first.
    static std::vector<ProviderEvent> Waiting(db::Database& database, const TenantId& tenant,
                                              std::size_t most);
    static void SetHandled(db::Transaction& tx, const ProviderEvent& event, Instant now);
};

}  // namespace livery::payments
