#pragma once

#include <cstddef>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "app/at_once.h"
#include "app/payment_desk.h"
#include "settings/payment_settings.h"

namespace livery::payments {

// How one kind of thing that is still open is looked at: payments, refunds, methods, messages.
template <typename Item>
struct Looking {
    struct Page {
        std::vector<Item> items;
        bool is_full = false;  // there may be more
    };
    std::function<Page(std::size_t most)> due;  // what waits longest comes first
    std::function<void(const Item&)> look;      // may throw; sets when it is due again
    std::function<void(const Item&, Instant until)> postpone;
    std::function<std::string(const Item&)> instance;  // whose provider is asked
    std::function<std::string(const Item&)> name;      // for the operator's log
};

// For `look`: what could not be looked up is left for a while.
template <typename T>
T Settled(Result<T> looked_up) {
    if (!looked_up) throw std::runtime_error(looked_up.error().message);
    return *std::move(looked_up);
}

namespace due {

constexpr std::size_t kPage = 100;
// A turn that finds ever more ends, so that the other kinds have theirs.
constexpr int kMostPages = 50;
constexpr std::chrono::seconds kTurn{20};
// What could not be looked at is left alone for so long.
constexpr std::chrono::minutes kLater{1};

template <typename Item>
void LookAtOne(const PaymentPorts& ports, const Tenant& tenant, const Looking<Item>& looking,
               const Item& item) {
    if (ports.gateways.IsSilent(tenant.id, looking.instance(item)))
        return looking.postpone(item, ports.clock.Now() + kLater);
    try {
        looking.look(item);
    } catch (const std::exception& failure) {
        ports.log.Warn(
            "payment.left_for_later",
            {{"tenant", tenant.id.value()}, {"what", looking.name(item)}, {"why", failure.what()}});
        looking.postpone(item, ports.clock.Now() + kLater);
    }
}

}  // namespace due

// What a repository keeps one by one, by ids. Borrows `ports` and `tenant`.
template <typename Repository, typename Item>
Looking<Item> LookingThrough(const PaymentPorts& ports, const Tenant& tenant,
                             std::function<void(const Item&)> look,
                             std::function<std::string(const Item&)> instance) {
    return {[&](std::size_t most) -> typename Looking<Item>::Page {
                auto due = Repository::Due(ports.database, tenant.id, ports.clock.Now(), most);
                const bool is_full = due.size() == most;
                return {std::move(due), is_full};
            },
            std::move(look),
            [&](const Item& item, Instant until) {
                ports.database.Transact(tenant.id, [&](db::Transaction& tx) {
                    Repository::Postpone(tx, item.id, until);
                });
            },
            std::move(instance), [](const Item& item) { return item.id.ToString(); }};
}

// Looks at all that is due, page after page, several at a time (`calls_at_once`). One that cannot
// be looked at holds up no other: it is logged, and left for a while. Returns how many were seen
// to.
template <typename Item>
int LookAtDue(const PaymentPorts& ports, const Tenant& tenant, const Looking<Item>& looking) {
    const auto width = static_cast<std::size_t>(PaymentSettings::Of(tenant).calls_at_once);
    const Instant end = ports.clock.Now() + due::kTurn;
    int seen = 0;
    for (int i = 0; i < due::kMostPages; ++i) {
        const auto page = looking.due(due::kPage);
        AtOnce(page.items, width,
               [&](const Item& item) { due::LookAtOne(ports, tenant, looking, item); });
        seen += static_cast<int>(page.items.size());
        if (!page.is_full || ports.clock.Now() >= end) break;
    }
    return seen;
}

}  // namespace livery::payments
