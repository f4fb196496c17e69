#pragma once

#include <string>
#include <utility>
#include <vector>

#include <livery/http/request_context.h>
#include <livery/http/route.h>
#include <livery/late_port.h>
#include <livery/ports/invoice_payment.h>
#include <livery/view/form_page.h>

#include "app/checkout.h"

namespace livery::orders {

// The page between a wish and its order: exactly what will be charged, and the button.
struct QuotePage {
    std::string title;
    std::string what;     // the wish in words
    std::string action;   // where the form is sent, with its fields and the token
    std::string confirm;  // the button
    std::string back_href;
    std::string back_label;
    std::vector<std::pair<std::string, std::string>> fields;
    std::vector<std::pair<std::string, std::string>> chosen;  // label and value, ready to read
    std::string alert;                                        // ready to read; "" = none
};
// What somebody filled into the form, as it reads.
std::vector<std::pair<std::string, std::string>> ChosenOf(const FormPage& form,
                                                          const Formatter& format);
View QuoteView(const RequestContext& request, const Quote& quote, const QuotePage& page);

// The form once more, with what stands in the way beside its field or above it: here conflicts are
// text keys, too.
View RefusedView(FormPage form, const Error& error, const Formatter& format);
// The same; where what is overdue stands in the way, with the way to paying it.
View RefusedView(const RequestContext& request, FormPage form, const Error& error,
                 const LatePort<InvoicePayment>& paying);

// The words of what stands in the way, for a form without the field it is about.
std::string ReasonText(const Error& error, const Formatter& format);

}  // namespace livery::orders
