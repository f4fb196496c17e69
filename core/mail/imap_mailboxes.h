#pragma once

#include <functional>

#include <livery/ports/mailbox.h>

namespace livery::mail {

// Mailboxes by IMAP4rev1, by libcurl. In the clear only to this machine.
class ImapMailboxes final : public Mailboxes {
 public:
    using SecretOf = std::function<Result<std::string>(const TenantId&, const std::string& name)>;
    explicit ImapMailboxes(SecretOf secret_of) : secret_of_(std::move(secret_of)) {}
    Result<std::unique_ptr<Mailbox>> Open(const TenantId& tenant, const Access& access) override;

 private:
    SecretOf secret_of_;
};

}  // namespace livery::mail
