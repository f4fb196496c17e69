#include "sandbox/api/lookups.h"

#include <charconv>

#include "sandbox/api/refusal.h"
#include "sandbox/api/views.h"

namespace livery::sandbox {

namespace {

[[noreturn]] void NotFound() { throw Refusal(404, "not_found", "There is no such thing."); }

std::int64_t NumberOf(const Params& query, const char* name, std::int64_t absent) {
    const std::string_view text = query.Get(name);
    if (text.empty()) return absent;
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || number < 0)
        throw Refusal(422, "invalid_request", "The query is wrong.", {{name, "is no number"}});
    return number;
}

Json View(const Lookup& lookup, const Payment& payment) {
    return ViewOf(payment, lookup.book.FindMethod(lookup.merchant, payment.token), lookup.origin);
}
Json View(const Lookup&, const Refund& refund) { return ViewOf(refund); }
Json View(const Lookup& lookup, const Setup& setup) {
    return ViewOf(setup, lookup.book.FindMethod(lookup.merchant, setup.token), lookup.origin);
}
Json View(const Lookup&, const StoredMethod& method) { return ViewOf(method); }

template <class T>
Done One(const Lookup& lookup, const T* found) {
    if (found == nullptr) NotFound();
    return {200, View(lookup, *found)};
}

template <class T>
Done Many(const Lookup& lookup, const char* name, const std::vector<const T*>& found) {
    Json list = Json::array();
    for (const T* record : found) list.push_back(View(lookup, *record));
    return {200, {{name, std::move(list)}}};
}

// By the place in the ledger, which never changes: a page that was read stays as it was.
Done Transactions(const Lookup& lookup, const Params& query) {
    const std::int64_t from = NumberOf(query, "from", 0);
    const std::int64_t to = NumberOf(query, "to", INT64_MAX);
    const auto most = static_cast<std::size_t>(NumberOf(query, "limit", 50));
    const auto& all = lookup.book.movements();
    Json list = Json::array();
    auto place = static_cast<std::size_t>(NumberOf(query, "cursor", 0));
    for (; place < all.size() && list.size() < most; ++place) {
        const Movement& movement = all[place];
        if (movement.merchant == lookup.merchant && movement.at >= from && movement.at < to)
            list.push_back(ViewOf(movement));
    }
    Json page{{"transactions", std::move(list)}};
    if (place < all.size()) page["next"] = std::to_string(place);
    return {200, std::move(page)};
}

}  // namespace

Done Find(const Lookup& lookup, const std::vector<std::string>& path, const Params& query) {
    const Book& book = lookup.book;
    const std::string& merchant = lookup.merchant;
    if (path.size() == 2 && path[0] == "payments")
        return One(lookup, book.FindPayment(merchant, path[1]));
    if (path.size() == 2 && path[0] == "refunds")
        return One(lookup, book.FindRefund(merchant, path[1]));
    if (path.size() == 2 && path[0] == "setups")
        return One(lookup, book.FindSetup(merchant, path[1]));
    if (path.size() == 2 && path[0] == "methods")
        return One(lookup, book.FindMethod(merchant, path[1]));
    if (path.size() != 1) NotFound();
    const std::string reference(query.Get("reference"));
    if (path[0] == "payments")
        return Many(lookup, "payments", book.PaymentsOf(merchant, reference));
    if (path[0] == "refunds") return Many(lookup, "refunds", book.RefundsOf(merchant, reference));
    if (path[0] == "setups") return Many(lookup, "setups", book.SetupsOf(merchant, reference));
    if (path[0] == "methods")
        return Many(lookup, "methods", book.MethodsOf(merchant, query.Get("customer")));
    if (path[0] == "transactions") return Transactions(lookup, query);
    NotFound();
}

}  // namespace livery::sandbox
