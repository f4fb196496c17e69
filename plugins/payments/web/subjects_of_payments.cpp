#include "web/subjects_of_payments.h"

#include "storage/payment_repository.h"
#include "web/payment_text.h"

namespace livery::payments {

std::optional<TicketSubject> SubjectsOfPayments::Find(const Asked& asked, const Formatter& words) {
    const auto payment = PaymentRepository::Find(database_, asked.tenant.id, PaymentId(asked.id));
    if (!payment || payment->account != asked.account) return std::nullopt;
    return TicketSubject{
        words.Text("subject.payment",
                   {{"amount", words.Amount(payment->processed.value_or(payment->amount))},
                    {"date", words.Day(words.DayOf(payment->shown_at))}}),
        PathOf(payment->id), ""};
}

}  // namespace livery::payments
