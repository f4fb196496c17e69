#include "api/keys.h"

#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sodium.h>

#include "identity/secrets.h"

namespace livery::api {

namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::string_view kPrefix = "lvk_";
constexpr std::size_t kIdLength = 22;

std::set<std::string> WordsOf(const std::string& text) {
    std::istringstream words(text);
    return {std::istream_iterator<std::string>(words), {}};
}

struct Presented {
    ApiKeyId id;
    std::string_view secret;
};

bool SameIgnoringCase(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
               return std::tolower(static_cast<unsigned char>(x)) ==
                      std::tolower(static_cast<unsigned char>(y));
           });
}

// The name of the scheme is compared without case (RFC 9110 section 11.1).
std::optional<Presented> Parse(std::string_view text) {
    if (!SameIgnoringCase(text.substr(0, kBearer.size()), kBearer)) return std::nullopt;
    text.remove_prefix(kBearer.size());
    if (!text.starts_with(kPrefix)) return std::nullopt;
    text.remove_prefix(kPrefix.size());
    if (text.size() <= kIdLength || text[kIdLength] != '_') return std::nullopt;
    const auto id = UuidFromBase58(text.substr(0, kIdLength));
    if (!id) return std::nullopt;
    return Presented{ApiKeyId(*id), text.substr(kIdLength + 1)};
}

}  // namespace

Keys::Made Keys::Make(const TenantId& tenant, const std::string& name,
                      const std::set<std::string>& scopes) {
    const ApiKeyId id(ids_.Next());
    const std::string secret = identity::RandomToken();
    const StoredKey key{
        id,           name, identity::TokenHash(secret), fmt::format("{}", fmt::join(scopes, " ")),
        clock_.Now(), {}};
    database_.Transact(tenant, [&](db::Transaction& tx) {
        KeyRepository::Insert(tx, key);
        audit_.Record(tx, {.action = "api_key.made", .detail = id.ToString()});
    });
    return {id, fmt::format("{}{}_{}", kPrefix, ToBase58(id.uuid()), secret)};
}

bool Keys::Revoke(const TenantId& tenant, ApiKeyId id) {
    bool revoked = false;
    database_.Transact(tenant, [&](db::Transaction& tx) {
        revoked = KeyRepository::Revoke(tx, id, clock_.Now());
        if (revoked) audit_.Record(tx, {.action = "api_key.revoked", .detail = id.ToString()});
    });
    return revoked;
}

Result<Caller> Keys::Authenticate(const TenantId& tenant, std::string_view authorization) {
    const Error refused{ErrorCode::kUnauthenticated, "no valid key", {}};
    const auto presented = Parse(authorization);
    if (!presented) return refused;
    const auto key = KeyRepository::Find(database_, tenant, presented->id);
    if (!key || key->revoked_at) return refused;
    const std::string hash = identity::TokenHash(presented->secret);
    if (hash.size() != key->secret_hash.size() ||
        sodium_memcmp(hash.data(), key->secret_hash.data(), hash.size()) != 0)
        return refused;
    return Caller{key->id, key->name, WordsOf(key->scopes)};
}

}  // namespace livery::api
