#include "app/activation.h"

#include <livery/db/attempt.h>
#include <livery/db/failure.h>
#include <livery/json.h>

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
            return desk.ActivateWaiting(tx, id, now);
        });
        return done ? "" : ReasonOf(done.error());
    } catch (const db::Failure&) {
        throw;  // of the database: the job is tried again
    } catch (const std::exception& failure) {
        return failure.what();
    }
}

// What came of it, as it is written to the log of jobs.
class Outcome {
 public:
    void Add(OrderId id, const std::string& refusal) {
        if (refusal.empty()) {
            ++activated_;
        } else if (refused_.size() < kNamed) {
            refused_[id.ToString()] = refusal;
        } else {
            ++besides_;
        }
    }
    std::string ToText() const {
        nlohmann::ordered_json text{{"activated", activated_}, {"refused", refused_}};
        if (besides_ > 0) text["refused_besides"] = besides_;
        return text.dump();
    }

 private:
    static constexpr std::size_t kNamed = 100;
    std::size_t activated_ = 0;
    std::size_t besides_ = 0;
    nlohmann::ordered_json refused_ = nlohmann::ordered_json::object();
};

}  // namespace

std::string ActivateDue(db::Database& database, const Tenant& tenant, OrderDesk& desk,
                        CivilTime now, std::size_t at_once) {
    Outcome outcome;
    std::vector<DueOrder> due;
    do {
        const auto after = due.empty() ? std::nullopt : std::optional(due.back());
        database.Transact(tenant.id,
                          [&](db::Transaction& tx) { due = desk.Due(tx, now, after, at_once); });
        for (const DueOrder& order : due)
            outcome.Add(order.id, ActivateOne(database, tenant, desk, order.id, now));
    } while (due.size() == at_once);
    return outcome.ToText();
}

}  // namespace livery::orders
