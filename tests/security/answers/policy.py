"""The rulebook and its registers: the answers, as `answers` reads them."""

ROWS = """
policy:rulebook                      G 302  200  200  200  200  200  200  200  200  200  302  403
policy:rulebook                      P 419  405  405  405  405  405  405  405  405  405  419  403
rules:rule                           G 302  403  403  403  403  403  403  403  403  200  302  403
rules:rule                           P 419  403  403  403  403  403  403  403  403  302  419  403
rules:lists                          G 302  403  403  403  403  403  403  403  403  200  302  403
rules:lists                          P 419  403  403  403  403  403  403  403  403  405  419  403
rules:list                           G 302  403  403  403  403  403  403  403  403  200  302  403
rules:list                           P 419  403  403  403  403  403  403  403  403  302  419  403
rules:numbers                        G 302  403  403  403  403  403  403  403  403  200  302  403
rules:numbers                        P 419  403  403  403  403  403  403  403  403  302  419  403
rules:versions                       G 302  403  403  403  403  403  403  403  403  200  302  403
rules:versions                       P 419  403  403  403  403  403  403  403  403  302  419  403
rules:version                        G 302  403  403  403  403  403  403  403  403  200  302  403
rules:version                        P 419  403  403  403  403  403  403  403  403  302* 419  403
rules:own-account                    G 302  200  200  200  200  200  200  200  200  200  302  403
rules:own-account                    P 419  302* 302* 302* 302* 302* 302* 302* 302* 302* 419  403
policy:restrictions                  G 302  403  403  403  403  200* 200* 200* 200* 403  302  403
policy:restrictions                  P 419  403  403  403  403  302* 302* 302* 302* 403  419  403
policy:change-restriction            G 302  403  403  403  403  200* 200* 404  200* 403  302  403
policy:change-restriction            P 419  403  403  403  403  302* 302* 404  302* 403  419  403
policy:end-restriction               G 302  403  403  403  403  405  405  405  405  403  302  403
policy:end-restriction               P 419  403  403  403  403  302* 302* 404  302* 403  419  403
policy:elections                     G 302  403  403  403  403  403  403  403  200  200  302  403
policy:elections                     P 419  403  403  403  403  403  403  403  302* 302* 419  403
policy:end-election                  G 302  403  403  403  403  403  403  403  405  405  302  403
policy:end-election                  P 419  403  403  403  403  403  403  403  302* 302* 419  403
"""
