#pragma once

#include <livery/ports/mailer.h>
#include <livery/view/formatter.h>

#include "app/receipts.h"

namespace livery::payments {

// Receipts as what goes with a letter, by their numbers and in its language, the tenant's.
class ReceiptFiles final : public MailFiles {
 public:
    ReceiptFiles(Receipts& receipts, TenantFormatters& formatters)
        : receipts_(receipts), formatters_(formatters) {}
    Result<MailFile> Make(const Tenant& tenant, const std::string& number) override;

 private:
    Receipts& receipts_;
    TenantFormatters& formatters_;
};

}  // namespace livery::payments
