#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <livery/strong.h>

namespace livery {

// 128 bits, kept as BINARY(16). Ours are UUIDv7 (RFC 9562 section 5.7): the first 48 bits are
// milliseconds since 1970, so ids made later sort later.
struct Uuid {
    std::array<std::uint8_t, 16> bytes{};
    auto operator<=>(const Uuid&) const = default;
    bool IsNil() const { return *this == Uuid{}; }
    std::string_view AsBinary() const {
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }
    static Uuid FromBinary(
        std::string_view sixteen_bytes);  // throws BrokenInvariant on any other size
};

// Base58 (the Bitcoin alphabet), always 22 characters, so that ids sort and compare as text.
std::string ToBase58(const Uuid& uuid);
std::optional<Uuid> UuidFromBase58(std::string_view text);

// A UUIDv7 from its parts; `random` fills the 74 free bits.
Uuid MakeUuidV7(std::uint64_t unix_milliseconds, const std::array<std::uint8_t, 10>& random);

// Makes ids. Injected wherever something is created, so that tests and the demo generator can
// repeat them. Thread: any.
class IdSource {
 public:
    virtual ~IdSource();
    virtual Uuid Next() = 0;
};

// The id of one kind of thing. Outside the process it reads `sub_…`: Tag::kPrefix, `_`, base58.
template <class Tag>
class Id {
 public:
    Id() = default;
    explicit Id(Uuid uuid) : uuid_(uuid) {}
    const Uuid& uuid() const { return uuid_; }
    bool IsNil() const { return uuid_.IsNil(); }
    std::string ToString() const { return std::string(Tag::kPrefix) + "_" + ToBase58(uuid_); }
    static std::optional<Id> Parse(std::string_view text) {
        const std::string_view prefix = Tag::kPrefix;
        if (text.size() <= prefix.size() + 1 || text.substr(0, prefix.size()) != prefix ||
            text[prefix.size()] != '_') {
            return std::nullopt;
        }
        const auto uuid = UuidFromBase58(text.substr(prefix.size() + 1));
        if (!uuid) return std::nullopt;
        return Id(*uuid);
    }
    auto operator<=>(const Id&) const = default;

 private:
    Uuid uuid_;
};

// A tenant's short name (`harbor`), `[a-z][a-z0-9-]{0,31}`: the folder's name and the first column
// of every key. Readable in every row, and free of collisions when a tenant moves between servers.
using TenantId = Strong<struct TenantTag, std::string>;

struct UserTag {
    static constexpr std::string_view kPrefix = "usr";
};
struct SessionTag {
    static constexpr std::string_view kPrefix = "ses";
};
struct SubjectTag {
    static constexpr std::string_view kPrefix = "sbj";
};
struct AccountTag {
    static constexpr std::string_view kPrefix = "acc";
};
struct ContactTag {
    static constexpr std::string_view kPrefix = "con";
};
struct AddressTag {
    static constexpr std::string_view kPrefix = "adr";
};
struct SubscriptionTag {
    static constexpr std::string_view kPrefix = "sub";
};
struct OrderTag {
    static constexpr std::string_view kPrefix = "ord";
};
struct InvoiceTag {
    static constexpr std::string_view kPrefix = "inv";
};
struct InvoiceLineTag {
    static constexpr std::string_view kPrefix = "ivl";
};
struct QuoteTag {
    static constexpr std::string_view kPrefix = "quo";
};
struct JournalEntryTag {
    static constexpr std::string_view kPrefix = "jrn";
};
struct ApiKeyTag {
    static constexpr std::string_view kPrefix = "key";
};

using UserId = Id<UserTag>;
using SessionId = Id<SessionTag>;
// Whom a login acts for. The core does not know what it is; in the portal it is the account.
using SubjectId = Id<SubjectTag>;
using AccountId = Id<AccountTag>;
using ContactId = Id<ContactTag>;
using AddressId = Id<AddressTag>;
using SubscriptionId = Id<SubscriptionTag>;
using OrderId = Id<OrderTag>;
// Invoices and credit notes alike: both are documents of one account.
using InvoiceId = Id<InvoiceTag>;
using InvoiceLineId = Id<InvoiceLineTag>;
using QuoteId = Id<QuoteTag>;
using JournalEntryId = Id<JournalEntryTag>;
using ApiKeyId = Id<ApiKeyTag>;

inline AccountId AccountOf(SubjectId subject) { return AccountId(subject.uuid()); }
inline SubjectId SubjectOf(AccountId account) { return SubjectId(account.uuid()); }

}  // namespace livery

template <>
struct std::hash<livery::Uuid> {
    std::size_t operator()(const livery::Uuid& uuid) const {
        return std::hash<std::string_view>{}(uuid.AsBinary());
    }
};
