#include "app/activation.h"

#include <nlohmann/json.hpp>

#include <livery/db/attempt.h>

namespace livery::orders {

namespace {

// The text key of what stands in the way.
std::string ReasonOf(const Error& error) {
    return error.fields.empty() ? error.message : error.fields.front().message;
}

}  // namespace

std::string ActivateDue(db::Database& database, const Tenant& tenant, OrderDesk& desk,
                        CivilTime now) {
    std::vector<OrderId> due;
    database.Transact(tenant.id, [&](db::Transaction& tx) { due = desk.Due(tx, now); });
    std::size_t activated = 0;
    auto refused = nlohmann::ordered_json::object();
    for (const OrderId id : due) {
        const auto done = db::Attempt<AccountId>(database, tenant.id, [&](db::Transaction& tx) {
            return desk.Activate(tx, id, std::nullopt, now);
        });
        if (done)
            ++activated;
        else
            refused[id.ToString()] = ReasonOf(done.error());
    }
    return nlohmann::ordered_json{{"activated", activated}, {"refused", std::move(refused)}}.dump();
}

}  // namespace livery::orders
