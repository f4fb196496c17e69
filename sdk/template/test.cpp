// What the provider's answers become, on a host that answers as it is told: says in a second what
// is wrong. The kit asks far more (`certify`).
#include <cstdio>

#include <livery/gateway/testing.hpp>

namespace gt = livery::gw::testing;

int failed = 0;
void Expect(bool is_so, const char* what) {
    failed += is_so ? 0 : 1;
    if (!is_so) std::printf("FAILED: %s\n", what);
}

int main() {
    gt::Bench bench({{"base_url", "https://api.@NAME@.example"}, {"merchant", "M1"}}, {"api_key"});
    const livery::gw::Json order = gt::Order(1234, "EUR", "tok_ok");
    bench.host.Answers(
        201, {{"id", "pay_1"}, {"state", "captured"}, {"amount", 1234}, {"currency", "EUR"}});
    const gt::Reply paid = bench.Call("payment.start/1", order);
    Expect(paid.message["state"] == "captured", "what the provider has captured is captured");
    Expect(paid.message["amount"] == gt::Amount(1234, "EUR"), "the amount is the provider's");
    const livery::gw::Json sent = bench.host.sent().at(0);
    Expect(sent["idempotency_key"] == order["idempotency_key"], "the key is sent with it");
    bench.host.Fails();
    Expect(!bench.Call("payment.start/1", order).Ok(), "without an answer it is not known");
    bench.host.Answers(404, {{"error", {{"code", "no_such_payment"}}}});
    const gt::Reply found = bench.Call("payment.lookup/1", gt::Query("pay_2"));
    Expect(found.message["state"] == "not_found", "what the provider has not is not found");
    Expect(bench.Leaks().empty(), "the API key is nowhere but in its place");
    return failed == 0 ? 0 : 1;
}
