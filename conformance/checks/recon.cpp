#include <algorithm>
#include <vector>

#include "conformance/checks/groups.h"

namespace livery::conformance::recon {

namespace {

std::vector<Json> All(Shop& shop) {
    Need(shop, "list_transactions");
    std::vector<Json> rows;
    std::string cursor;
    do {
        Json query{{"from", 0}, {"to", 4'000'000'000}};
        if (!cursor.empty()) query["cursor"] = cursor;
        const Reply reply = shop.Call("transactions.list/1", query);
        Expect(reply.answered(), "there is no list", reply);
        for (const Json& row : reply.message.at("transactions")) rows.push_back(row);
        cursor = reply.message.value("next", "");
        Expect(rows.size() < 1'000'000, "the list has no end");
    } while (!cursor.empty());
    return rows;
}

std::vector<Json> Of(const std::vector<Json>& rows, const std::string& reference) {
    std::vector<Json> found;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(found),
                 [&](const Json& row) { return row.value("reference", "") == reference; });
    return found;
}

// What was on its way for days may be listed when it did not come, as long as the row says so.
bool IsListedAsMoney(const Shop& shop, const Json& row) {
    const std::string state = row.value("state", "");
    const bool says_no = state == "declined" || state == "failed" || state == "cancelled";
    return !(DecidesDaysLater(shop) && says_no);
}

}  // namespace

// More than a page of any provider.
void PagesComplete(Shop& shop) {
    const char* const begun = DecidesDaysLater(shop) ? "pending" : "captured";
    std::vector<std::string> references;
    for (int made = 0; made < 120; ++made) {
        references.push_back(shop.NewReference());
        Pay(shop, references.back(), 100 + made, "ok", begun);
    }
    LetItBeDecided(shop);
    const auto first = All(shop);
    Expect(All(shop) == first, "the list is another each time");
    for (std::size_t at = 0; at < references.size(); ++at) {
        const auto rows = Of(first, references[at]);
        Expect(rows.size() == 1,
               references[at] + " is there " + std::to_string(rows.size()) + " times");
        Expect(MinorOf(rows[0], "amount") == 100 + static_cast<std::int64_t>(at), rows[0].dump());
    }
}

// Charged there, and nobody here knows: the list is how it is found.
void MissingHere(Shop& shop) {
    const std::string reference = shop.NewReference();
    Need(shop, "list_transactions");
    shop.Call("payment.start/1", Order(reference, 1'000, "EUR", NeedToken(shop, "ok")),
              {0, FindWireFault("reset_after_send")});
    Expect(Of(All(shop), reference).size() == 1, "a charge that nobody heard of is not listed");
}

void MissingThere(Shop& shop) {
    const std::string reference = shop.NewReference();
    Need(shop, "list_transactions");
    Done(shop, "payment.start/1",
         Order(reference, 1'000, "EUR", NeedToken(shop, "insufficient_funds")));
    const auto rows = Of(All(shop), reference);
    Expect(std::none_of(rows.begin(), rows.end(),
                        [&](const Json& row) { return IsListedAsMoney(shop, row); }),
           "a decline is listed as money");
}

void FeeReported(Shop& shop) {
    const std::string reference = shop.NewReference();
    Need(shop, "list_transactions");
    Pay(shop, reference, 100'000, "ok", "captured");
    const std::int64_t fee = shop.provider().Ledger(reference).at(0).fee;
    const auto rows = Of(All(shop), reference);
    Expect(rows.size() == 1 && MinorOf(rows[0], "fee") == fee, "the fee is lost");
}

void DisputeReported(Shop& shop) {
    Need(shop, "list_transactions");
    for (const char* course : {"dispute_won", "dispute_lost"}) {
        const std::string reference = shop.NewReference();
        const Json paid = Pay(shop, reference, 1'000, course, "captured");
        shop.provider().Advance(30 * 86'400);
        Expect(Of(All(shop), reference).size() == 2, "an open dispute is not listed");
        shop.provider().Advance(30 * 86'400);
        const auto rows = Of(All(shop), reference);
        const bool won = std::string(course) == "dispute_won";
        Expect(rows.at(1).at("kind") == "chargeback", rows.at(1).dump());
        Expect(rows.size() == (won ? 3U : 2U), "its end is not listed");
        if (won) Expect(rows.at(2).at("kind") == "chargeback_reversal", rows.at(2).dump());
        // Reference A4: it was captured, and the bank holds it or gave it again.
        const Json after = Lookup(shop, paid.at("provider_id"), reference);
        Expect(after["state"] == "captured", "after it the payment is " + after.dump());
        Expect(
            after.contains("charged_back") && MinorOf(after, "charged_back") == (won ? 0 : 1'000),
            "what the bank holds of it is not said: " + after.dump());
    }
}

}  // namespace livery::conformance::recon
