#pragma once

#include <string>
#include <string_view>

#include <livery/ids.h>

namespace livery {

// Signs what leaves the house in a link and must come back as it was. Provided by the host, with a
// key of its own for each tenant that nobody else ever sees. Thread: any.
class LinkSigner {
 public:
    static constexpr std::string_view kPortId = "livery.link_signer/1";
    virtual ~LinkSigner();
    // HMAC-SHA-256 of the text, as 43 letters of a URL. Begin the text with what it is for, and put
    // in it whose it is and until when it holds: a signature of one is none of another.
    virtual std::string Sign(const TenantId& tenant, std::string_view text) const = 0;
    // In a time that tells nothing about where they differ.
    virtual bool Matches(const TenantId& tenant, std::string_view text,
                         std::string_view signature) const = 0;
};

}  // namespace livery
