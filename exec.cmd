@rem npm start is "exec node ..." so that signals reach it: sh has exec, and this gives cmd one.
@%*
