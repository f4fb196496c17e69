#include "testing/scripted_gateways.h"

#include <algorithm>

#include <livery/json.h>

namespace livery::payments::testing {

namespace {

using nlohmann::json;
using std::chrono::seconds;

Gateways::Reply Says(const json& message) {
    return {Gateways::Fate::kAnswered, message.dump(), ""};
}
Gateways::Reply Silence() { return {Gateways::Fate::kUnknown, "", "no answer by the deadline"}; }
json Amount(std::int64_t minor, const std::string& currency) {
    return {{"minor", minor}, {"currency", currency}};
}

}  // namespace

std::vector<Gateways::Instance> ScriptedGateways::Of(const Tenant&) {
    Instance cards{"cards", "scripted", "Scripted", {"card"}, {*Currency::Parse("EUR")}, {}};
    cards.can = {"setup", "charge_later", "detach", "refund", "partial_refund", "redirect"};
    if (lists) cards.can.insert("list_transactions");
    if (finds_by_reference) cards.can.insert("lookup_by_reference");
    if (cancels) cards.can.insert("cancel");
    cards.idempotency = std::chrono::hours(24);
    cards.finds_after = seconds(60);
    return {cards};
}

const ScriptedGateways::Entry* ScriptedGateways::Of(const std::string& reference) const {
    const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
        return entry.reference == reference;
    });
    return found == entries_.end() ? nullptr : &*found;
}

ScriptedGateways::Entry& ScriptedGateways::Find(const std::string& reference) {
    for (Entry& entry : entries_) {
        if (entry.reference == reference) return entry;
    }
    throw std::logic_error("nobody paid under " + reference);
}

std::int64_t ScriptedGateways::Charged() const {
    std::int64_t sum = 0;
    for (const Entry& entry : entries_) {
        if (entry.Took()) sum += entry.captured;
    }
    return sum;
}

int ScriptedGateways::Charges() const {
    return static_cast<int>(std::count_if(entries_.begin(), entries_.end(),
                                          [](const Entry& entry) { return entry.Took(); }));
}

bool ScriptedGateways::TookDollars() const {
    return std::any_of(entries_.begin(), entries_.end(), [](const Entry& entry) {
        return entry.Took() && entry.captured_currency == "USD";
    });
}

std::int64_t ScriptedGateways::Refunded() const {
    std::int64_t sum = 0;
    for (const Entry& entry : refunds_) {
        if (entry.state == "succeeded") sum += entry.asked;
    }
    return sum;
}

int ScriptedGateways::Refunds() const { return static_cast<int>(refunds_.size()); }

Gateways::Reply ScriptedGateways::Call(const Tenant&, const Question& question) {
    ++calls;
    const std::string message(question.message);
    if (question.operation == "payment.start/1") return Start(message);
    if (question.operation == "payment.lookup/1" || question.operation == "payment.continue/1")
        return Lookup(message);
    if (question.operation == "payment.cancel/1" && cancels) return Cancel(message);
    if (question.operation == "refund.create/1") return Refund(message);
    if (question.operation == "refund.lookup/1") return LookupRefund(message);
    if (question.operation == "transactions.list/1") return List(message);
    if (question.operation == "setup.start/1") {
        return_url = json::parse(message)["return_url"];
        ++setups_;
        setup_kept_ = setup_state_;
        return SetUp(setup_state_);
    }
    if (question.operation == "setup.lookup/1") return SetUp(setup_kept_);
    if (question.operation == "method.detach/1") {
        ++detached;
        return Says(json::object());
    }
    return {Fate::kNothingSent, "", "unsupported"};
}

Gateways::Reply ScriptedGateways::SetUp(const std::string& state) const {
    if (state.empty()) return Silence();
    const std::string number = std::to_string(setups_);
    json message{{"state", state}, {"provider_id", "seti_" + number}};
    if (state == "active")
        message["method"] = {{"token", "tok_" + number}, {"kind", "card"},
                             {"brand", "visa"},          {"last4", "424" + number},
                             {"expiry_month", 12},       {"expiry_year", 2027}};
    if (state == "requires_action") message["action"] = PageAt("https://pay.example/setup");
    return Says(message);
}

json ScriptedGateways::PageAt(const std::string& url) const {
    json action{{"kind", "redirect"}, {"url", url}, {"method", form.empty() ? "GET" : "POST"}};
    if (!form.empty()) action["fields"] = form;
    return action;
}

Gateways::Reply ScriptedGateways::Answer(const Entry& entry) const {
    json message{{"state", entry.state}, {"provider_id", entry.id}};
    if (entry.names_amount) message["amount"] = Amount(entry.named, entry.currency);
    if (entry.Took()) message["captured"] = Amount(entry.captured, entry.captured_currency);
    if (entry.charged_back)
        message["charged_back"] = Amount(*entry.charged_back, entry.captured_currency);
    if (entry.refunded) message["refunded"] = Amount(*entry.refunded, entry.captured_currency);
    if (entry.kept)
        message["method"] = {{"token", "tok_" + entry.id},
                             {"kind", "card"},
                             {"brand", "visa"},
                             {"last4", "1881"},
                             {"expiry_month", 12},
                             {"expiry_year", 2027}};
    if (entry.state == "requires_action")
        message["action"] = PageAt("https://pay.example/" + entry.id);
    const bool for_good = entry.hardness == "hard";
    if (entry.state == "declined" || (entry.state == "failed_late" && for_good))
        message["error"] = {{"category", entry.category},
                            {"reason", "insufficient_funds"},
                            {"hardness", entry.hardness}};
    return Says(message);
}

Gateways::Reply ScriptedGateways::Start(const std::string& text) {
    const json message = json::parse(text);
    if (!turns_away.empty())
        return Says({{"state", "failed"}, {"error", {{"category", turns_away}}}});
    const Does does = std::exchange(does_, Does::kCapture);
    if (does == Does::kNothingSent) return {Fate::kNothingSent, "", "connection refused"};
    if (does == Does::kDieBefore) throw Killed();
    if (does == Does::kHangUncharged) return Silence();
    ++starts;
    return_url = message.value("return_url", "");
    token = message.contains("method") ? message["method"].value("token", "") : "";
    const std::string key = message["idempotency_key"];
    for (const Entry& entry : entries_) {
        if (entry.key != key) continue;
        if (entry.words != text) ++said_otherwise;
        if (entry.asked != message["amount"]["minor"])
            return Says({{"state", "failed"}, {"error", {{"category", "idempotency_conflict"}}}});
        return Answer(entry);
    }
    Entry entry;
    entry.reference = message["reference"];
    entry.key = key;
    entry.words = text;
    entry.id = "ch_" + std::to_string(entries_.size() + 1) + "_" + entry.reference;
    entry.asked = entry.named = entry.captured = message["amount"]["minor"];
    entry.currency = entry.captured_currency = message["amount"]["currency"];
    entry.charged_at = entry.seen_from = clock_.Now();
    entry.state = "captured";
    entry.kept = message.value("keep_method", false);
    switch (does) {
        case Does::kDecline:
            entry.state = "declined";
            entry.hardness = "soft";
            break;
        case Does::kDeclineForGood:
        case Does::kDeclineSlowly:
            entry.state = "declined";
            entry.hardness = "hard";
            break;
        case Does::kHangForGood:
            entry.state = "unknown";
            break;
        case Does::kHangDeclined:
            entry.state = "declined";
            entry.hardness = "soft";
            break;
        case Does::kWantCustomer:
            entry.state = "declined";
            entry.category = "authentication_required";
            break;
        case Does::kRequireAction:
            entry.state = "requires_action";
            break;
        case Does::kPend:
            entry.state = "pending";
            break;
        case Does::kCapturePart:
            entry.captured = part;
            break;
        case Does::kOtherCurrency:
            entry.captured_currency = other_currency;
            entry.captured = other_amount.value_or(entry.asked);
            break;
        case Does::kAnswerLate:
            entry.seen_from += seconds(30);
            break;
        case Does::kForget:
            entry.seen_from += seconds(40);
            break;
        case Does::kAnswerSlowly:
            entry.seen_from += seconds(300);
            break;
        case Does::kEchoOther:
            entry.named += 1;
            break;
        default:
            break;
    }
    entries_.push_back(entry);
    switch (does) {
        case Does::kHangCharged:
        case Does::kHangDeclined:
        case Does::kHangForGood:
        case Does::kAnswerLate:
        case Does::kForget:
            return Silence();
        case Does::kDieAfter:
            throw Killed();
        case Does::kAnswerSlowly:
        case Does::kDeclineSlowly:
            during();
            return Answer(entry);
        case Does::kGarbage:
            return {Fate::kAnswered, "<html>It works!</html>", ""};
        case Does::kFailAfterCharge:
            return Says({{"state", "failed"}, {"error", {{"category", "provider_unavailable"}}}});
        case Does::kEchoNothing: {
            entry.names_amount = false;
            return Answer(entry);
        }
        default:
            return Answer(entry);
    }
}

Gateways::Reply ScriptedGateways::Lookup(const std::string& text) {
    const json message = json::parse(text);
    if (!finds_by_reference && message.value("provider_id", "").empty())
        return {Fate::kNothingSent, "", "it cannot be asked so"};
    if (!turns_away.empty())
        return Says({{"state", "pending"}, {"error", {{"category", turns_away}}}});
    const Entry* found = Of(message.value("reference", ""));
    for (const Entry& entry : entries_) {
        if (entry.id == message.value("provider_id", "")) found = &entry;
    }
    if (found == nullptr || found->seen_from > clock_.Now()) return Says({{"state", "not_found"}});
    if (found->state == "unknown") return Silence();
    return Answer(*found);
}

// What was paid meanwhile stays paid.
Gateways::Reply ScriptedGateways::Cancel(const std::string& text) {
    Entry& entry = Find(json::parse(text)["reference"]);
    ++cancellations;
    if (entry.state == "requires_action" && !keeps_pages) entry.state = "cancelled";
    return Answer(entry);
}

Gateways::Reply ScriptedGateways::Refund(const std::string& text) {
    const json message = json::parse(text);
    const Does does = std::exchange(does_, Does::kCapture);
    if (does == Does::kNothingSent) return {Fate::kNothingSent, "", "connection refused"};
    if (does == Does::kDieBefore) throw Killed();
    if (does == Does::kHangUncharged) return Silence();
    for (const Entry& entry : refunds_) {
        if (entry.key == message["idempotency_key"])
            return Says({{"state", entry.state},
                         {"provider_id", entry.id},
                         {"amount", Amount(entry.asked, entry.currency)}});
    }
    Entry entry;
    entry.reference = message["reference"];
    entry.key = message["idempotency_key"];
    entry.id = "re_" + std::to_string(refunds_.size() + 1) + "_" + entry.reference;
    entry.asked = message["amount"]["minor"];
    entry.currency = message["amount"]["currency"];
    entry.state = does == Does::kDecline ? "failed" : refund_state_;
    entry.seen_from = clock_.Now() + refunds_are_seen_after;
    refunds_.push_back(entry);
    if (does == Does::kDieAfter) throw Killed();
    if (does == Does::kHangCharged) return Silence();
    json answer{{"state", entry.state},
                {"provider_id", entry.id},
                {"amount", Amount(entry.asked, entry.currency)}};
    if (entry.state == "failed") answer["error"] = {{"category", "declined"}};
    return Says(answer);
}

Gateways::Reply ScriptedGateways::LookupRefund(const std::string& text) {
    const json message = json::parse(text);
    const std::string id = message.value("provider_id", "");
    if (!finds_by_reference && id.empty()) return {Fate::kNothingSent, "", "it cannot be asked so"};
    if (refunds_are_silent) return Silence();
    if (!refunds_unlearnt.empty())
        return Says({{"state", "pending"}, {"error", {{"category", refunds_unlearnt}}}});
    for (const Entry& entry : refunds_) {
        const bool is_named = entry.id == id;
        if (!is_named && entry.reference != message.value("reference", "")) continue;
        if (entry.seen_from > clock_.Now()) break;
        return Says({{"state", entry.state},
                     {"provider_id", entry.id},
                     {"amount", Amount(entry.asked, entry.currency)}});
    }
    return Says({{"state", "not_found"}});
}

std::vector<ScriptedGateways::Row> ScriptedGateways::Rows() const {
    std::vector<Row> rows = also_lists;
    for (const Entry& entry : entries_) {
        if (hides.contains(entry.reference)) continue;
        if (entry.Took())
            rows.push_back({"payment", entry.id, entry.reference, entry.captured, 30});
        if (entry.charged_back.value_or(0) > 0)
            rows.push_back({"chargeback", "dp_" + entry.id, "", -*entry.charged_back, 0, entry.id});
    }
    for (const Entry& entry : refunds_) {
        if (entry.state == "succeeded" && !hides.contains(entry.reference))
            rows.push_back({"refund", entry.id, entry.reference, -entry.asked, 0});
    }
    return rows;
}

Gateways::Reply ScriptedGateways::List(const std::string& text) const {
    const json message = json::parse(text);
    const std::size_t page = std::stoul(message.value("cursor", "0"));
    if (list_breaks_at == static_cast<int>(page)) return Silence();
    const std::vector<Row> rows = Rows();
    json answer{{"transactions", json::array()}};
    for (std::size_t i = page * rows_a_page; i < (page + 1) * rows_a_page && i < rows.size(); ++i) {
        const Row& row = rows[i];
        json one{{"kind", row.kind},
                 {"provider_id", row.id},
                 {"amount", Amount(row.amount, "EUR")},
                 {"fee", Amount(row.fee, "EUR")},
                 {"at", 0}};
        if (!row.reference.empty()) one["reference"] = row.reference;
        if (!row.payment.empty()) one["payment"] = row.payment;
        answer["transactions"].push_back(one);
    }
    if ((page + 1) * rows_a_page < rows.size()) answer["next"] = std::to_string(page + 1);
    return Says(answer);
}

// The body is the events; whoever signs says so.
Result<Gateways::Delivered> ScriptedGateways::Receive(const Tenant&, const Delivery& delivery) {
    if (delivery.instance != "cards") return NotFound("no such instance");
    const auto signature = delivery.headers.find("x-signature");
    if (signature == delivery.headers.end() || signature->second != "right")
        return Error{ErrorCode::kUnauthenticated, "no signature", {}};
    Delivered delivered{{}, 202, "[accepted]"};
    for (const json& event : json::parse(delivery.body)) {
        delivered.events.push_back({event["id"], event["about"], event.value("provider_id", ""),
                                    event.value("reference", "")});
    }
    return delivered;
}

}  // namespace livery::payments::testing
