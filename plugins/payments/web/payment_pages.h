#pragma once

#include <livery/ports/invoice_payment.h>
#include <livery/registrar.h>
#include <livery/view/form_page.h>

#include "app/methods.h"
#include "app/start_payment.h"

namespace livery::payments {

// What a subscriber sees and does about payments: the list, one payment, paying, and coming back
// from the provider's page.
class PaymentPages {
 public:
    PaymentPages(PaymentDesk& desk, StartPayment& start, Methods& methods)
        : desk_(desk), start_(start), methods_(methods) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> List(const RequestContext& request) const;
    Result<Reply> Show(const RequestContext& request) const;
    Result<Reply> ShowPay(const RequestContext& request) const;
    Result<Reply> Pay(const RequestContext& request) const;
    Result<Reply> Go(const RequestContext& request) const;
    Result<Reply> Return(const RequestContext& request) const;
    Result<Reply> Cancel(const RequestContext& request) const;
    View Page(const RequestContext& request, const Payment& payment) const;

    FormPage PayForm(const RequestContext& request, const std::vector<Invoicing::Owed>& owed) const;
    std::vector<Invoicing::Owed> OwedBy(const RequestContext& request) const;
    Payer PayerFor(const RequestContext& request, std::optional<MethodId>& method) const;

    PaymentDesk& desk_;
    StartPayment& start_;
    Methods& methods_;
};

// The way to paying, for the pages of invoices.
class PaymentWay final : public InvoicePayment {
 public:
    std::optional<std::string> PageFor(const Tenant& tenant, InvoiceId invoice) override;
    std::optional<std::string> PageForAll(const Tenant& tenant) override;
};

}  // namespace livery::payments
