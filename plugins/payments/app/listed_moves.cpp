#include "app/listed_moves.h"

#include <set>

#include <livery/json.h>

namespace livery::payments {

namespace {

using Json = nlohmann::json;

constexpr std::chrono::seconds kLimit{30};
// Far more than a day of any tenant's; a gateway may turn pages for ever.
constexpr std::size_t kMostPages = 2'000;
constexpr std::size_t kMostRows = 500'000;

std::int64_t SecondsOf(Instant instant) {
    return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
}

std::optional<Money> MoneyIn(const Json& row, const char* name) {
    if (!row.contains(name) || !row[name].is_object()) return std::nullopt;
    const auto currency = Currency::Parse(row[name].value("currency", ""));
    if (!currency || !row[name].contains("minor") || !row[name]["minor"].is_number_integer())
        return std::nullopt;
    return Money(row[name]["minor"].get<std::int64_t>(), *currency);
}

Money WithoutSign(const Money& amount) {
    return amount.minor_units() < 0 ? Money(0, amount.currency()) - amount : amount;
}

// Some list what was only begun: that is no money yet, or none any more.
bool HasMoved(const std::string& kind, const std::string& state) {
    if (state.empty()) return true;
    if (kind == "refund") return state == "succeeded";
    const auto known = PaymentStateFrom(state);
    return kind != "payment" || !known || HasMoney(*known);
}

struct Pages {
    std::vector<ListedMove> moves;
    std::vector<DisputeMove> disputes;

    // False: a row without an amount, which nobody can compare.
    bool Add(const Json& row) {
        const std::string kind = row.value("kind", "");
        const auto amount = MoneyIn(row, "amount");
        if (kind == "fee") return true;
        if (!amount) return false;
        if (!HasMoved(kind, row.value("state", ""))) return true;
        const std::string id = row.value("provider_id", "");
        if (kind == "chargeback" || kind == "chargeback_reversal") {
            disputes.push_back(
                {row.value("payment", id), WithoutSign(*amount), kind == "chargeback_reversal"});
            return true;
        }
        std::string reference = row.value("reference", "");
        if (!IsReference(reference)) reference.clear();
        moves.push_back({kind == "refund" ? MoveKind::kRefund : MoveKind::kPayment, id,
                         std::move(reference), WithoutSign(*amount), MoneyIn(row, "fee")});
        return true;
    }
};

}  // namespace

ListRead ReadList(Gateways& gateways, const Tenant& tenant, const std::string& instance,
                  Instant from, Instant to) {
    Pages pages;
    std::set<std::string> cursors{""};
    for (std::string cursor;;) {
        Json question{{"from", SecondsOf(from)}, {"to", SecondsOf(to)}};
        if (!cursor.empty()) question["cursor"] = cursor;
        const std::string message = question.dump();
        const Gateways::Reply reply =
            gateways.Call(tenant, {instance, "transactions.list/1", message, kLimit});
        if (reply.fate != Gateways::Fate::kAnswered) return {{}, reply.fault};
        const Json page = Json::parse(reply.message, nullptr, false);
        if (!page.is_object() || !page.contains("transactions") || !page["transactions"].is_array())
            return {{}, "an answer that is no list"};
        for (const Json& row : page["transactions"]) {
            if (!row.is_object() || !pages.Add(row)) return {{}, "a row without an amount"};
        }
        cursor = page.value("next", "");
        if (cursor.empty()) break;
        if (cursors.size() > kMostPages || pages.moves.size() > kMostRows)
            return {{}, "a list that has no end"};
        if (!cursors.insert(cursor).second) return {{}, "a list that goes round in circles"};
    }
    for (ListedMove& dispute : SumOfDisputes(pages.disputes))
        pages.moves.push_back(std::move(dispute));
    return {std::move(pages.moves), ""};
}

}  // namespace livery::payments
