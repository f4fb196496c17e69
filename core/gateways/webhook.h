#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace livery::gateways {

// Where the items of a batch stand that are signed one by one; see HmacItemsWebhook of the SDK.
// Paths are dotted ("additionalData.hmacSignature").
struct SignedItems {
    std::string items;
    std::string item;
    std::string signature;
    std::vector<std::string> fields;
};

// How a provider signs what it delivers, as the manifest declares it; see HmacWebhook of the SDK.
struct WebhookScheme {
    std::string header;
    std::string secret;  // key of the configuration
    std::string key = "text";
    std::string hash;
    std::string encoding;
    std::string signs;
    std::string form;
    std::string time_header;
    std::chrono::seconds tolerance{300};
    int accepted = 200;
    std::string accepted_body;
    std::optional<SignedItems> items = {};  // instead of a header
};

// What came, as it came. Headers by their names in lower case.
struct SignedDelivery {
    std::string_view url;
    const std::map<std::string, std::string>& headers;
    std::string_view body;
};

// Why nobody who knows one of the secrets has sent this; empty: somebody has, within the tolerance
// around `now` (Unix time of the machine) where the scheme signs a time. Pure; takes as long
// whichever byte of a signature is wrong. A secret that is not written as the scheme's `key` fits
// nothing.
// One that is longer than kMostDelivered is refused unread.
constexpr std::size_t kMostDelivered = std::size_t{1} << 20;  // bytes
std::string WebhookObjection(const WebhookScheme& scheme, const SignedDelivery& delivery,
                             const std::vector<std::string>& secrets, std::chrono::seconds now);

}  // namespace livery::gateways
