#pragma once

#include <livery/ports/link_signer.h>

namespace livery::identity {

// With keys that are derived from the host's: one for each tenant. Thread: any.
class HostLinkSigner final : public LinkSigner {
 public:
    // `host_key`: as of SecretBox.
    explicit HostLinkSigner(std::string_view host_key) : host_key_(host_key) {}
    std::string Sign(const TenantId& tenant, std::string_view text) const override;
    bool Matches(const TenantId& tenant, std::string_view text,
                 std::string_view signature) const override;

 private:
    std::string host_key_;
};

}  // namespace livery::identity
