#include "app/return_links.h"

#include <charconv>

#include <fmt/format.h>

#include "storage/return_repository.h"

namespace livery::payments {

namespace {

std::int64_t SecondsOf(Instant instant) {
    return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
}

std::string Signed(const ReturnLink& link) {
    return fmt::format("payments.return|{}|{}|{}|{}", ToBase58(link.token), link.account.ToString(),
                       ToBase58(link.subject), SecondsOf(link.until));
}

struct Parts {
    Uuid token;
    Instant until{};
    std::string signature;
};

std::optional<Parts> Read(const std::string& text) {
    const auto first = text.find('.');
    const auto second = first == std::string::npos ? first : text.find('.', first + 1);
    if (second == std::string::npos) return std::nullopt;
    const auto token = UuidFromBase58(text.substr(0, first));
    std::int64_t seconds = 0;
    const char* end = text.data() + second;
    const auto read = std::from_chars(text.data() + first + 1, end, seconds);
    if (!token || read.ec != std::errc() || read.ptr != end) return std::nullopt;
    return Parts{*token, Instant(std::chrono::seconds(seconds)), text.substr(second + 1)};
}

}  // namespace

std::string TextOf(const LinkSigner& signer, const TenantId& tenant, const ReturnLink& link) {
    return fmt::format("{}.{}.{}", ToBase58(link.token), SecondsOf(link.until),
                       signer.Sign(tenant, Signed(link)));
}

std::optional<Uuid> UseReturn(const PaymentPorts& ports, const Tenant& tenant, AccountId account,
                              const std::string& text) {
    const auto parts = Read(text);
    if (!parts || parts->until <= ports.clock.Now()) return std::nullopt;
    std::optional<Uuid> subject;
    ports.database.Transact(tenant.id, [&](db::Transaction& tx) {
        subject.reset();
        const auto found = ReturnRepository::Find(tx, parts->token, account);
        if (!found) return;
        const ReturnLink link{parts->token, account, *found, parts->until};
        if (!ports.links.Matches(tenant.id, Signed(link), parts->signature)) return;
        if (ReturnRepository::Use(tx, parts->token, account, ports.clock.Now())) subject = found;
    });
    return subject;
}

}  // namespace livery::payments
