#include "app/activation.h"

#include <nlohmann/json.hpp>

#include <livery/db/attempt.h>
#include <livery/db/failure.h>

namespace livery::orders {

namespace {

// The text key of what stands in the way.
std::string ReasonOf(const Error& error) {
    return error.fields.empty() ? error.message : error.fields.front().message;
}

// "" or why not. A catalog that rewrites what was sold, or a fault of our own, is one too.
std::string ActivateOne(db::Database& database, const Tenant& tenant, OrderDesk& desk, OrderId id,
                        CivilTime now) {
    try {
        const auto done = db::Attempt<AccountId>(database, tenant.id, [&](db::Transaction& tx) {
            return desk.Activate(tx, id, std::nullopt, now);
        });
        return done ? "" : ReasonOf(done.error());
    } catch (const db::Failure&) {
        throw;  // of the database: the job is tried again
    } catch (const std::exception& failure) {
        return failure.what();
    }
}

}  // namespace

std::string ActivateDue(db::Database& database, const Tenant& tenant, OrderDesk& desk,
                        CivilTime now) {
    std::vector<OrderId> due;
    database.Transact(tenant.id, [&](db::Transaction& tx) { due = desk.Due(tx, now); });
    std::size_t activated = 0;
    auto refused = nlohmann::ordered_json::object();
    for (const OrderId id : due) {
        const std::string refusal = ActivateOne(database, tenant, desk, id, now);
        if (refusal.empty())
            ++activated;
        else
            refused[id.ToString()] = refusal;
    }
    return nlohmann::ordered_json{{"activated", activated}, {"refused", std::move(refused)}}.dump();
}

}  // namespace livery::orders
